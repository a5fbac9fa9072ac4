package dev.errand.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names, of which some can be drawn at random and each can be removed, at a cost that does not depend on their number.
 * Not thread-safe.
 */
final class NameBag {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();

    /** Adds a name at a random position, so that the positions do not show the order in which the names came. */
    void add(String name) {
        if (!positions.containsKey(name)) {
            names.add(name);
            positions.put(name, names.size() - 1);
            swap(ThreadLocalRandom.current().nextInt(names.size()), names.size() - 1);
        }
    }

    void remove(String name) {
        Integer position = positions.get(name);
        if (position != null) {
            swap(position, names.size() - 1);
            names.remove(names.size() - 1);
            positions.remove(name);
        }
    }

    private void swap(int one, int other) {
        Collections.swap(names, one, other);
        positions.put(names.get(one), one);
        positions.put(names.get(other), other);
    }

    int size() {
        return names.size();
    }

    List<String> sample(int limit) {
        int size = Math.min(limit, names.size());
        List<String> some = new ArrayList<>(size);
        int from = size == 0 ? 0 : ThreadLocalRandom.current().nextInt(names.size());
        for (int i = 0; i < size; i++) {
            some.add(names.get((from + i) % names.size()));
        }
        return some;
    }
}
