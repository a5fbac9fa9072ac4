package dev.errand.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Queues that have due tasks of one priority and have their turn together.
 *
 * @param sharers the number of queues of that priority that share the room from here on, these included
 */
public record Turn(int priority, List<String> queues, int sharers) {
    /** The number of queues in a turn: enough for a full batch if each has a single task, few enough for one statement. */
    static final int MOST = 100;

    /**
     * Orders queues by priority, highest first. Queues of one priority have their turns by chance: in the order of time a queue
     * with a long backlog would hold up all others until it is empty.
     */
    static List<Turn> of(Collection<DueQueue> due) {
        Map<Integer, List<String>> byPriority = new TreeMap<>(Collections.reverseOrder());
        due.forEach(queue -> byPriority
                .computeIfAbsent(queue.priority(), priority -> new ArrayList<>())
                .add(queue.name()));
        List<Turn> turns = new ArrayList<>();
        byPriority.forEach((priority, queues) -> {
            Collections.shuffle(queues);
            for (int from = 0; from < queues.size(); from += MOST) {
                List<String> some = queues.subList(from, Math.min(queues.size(), from + MOST));
                turns.add(new Turn(priority, List.copyOf(some), queues.size() - from));
            }
        });
        return turns;
    }

    /** The number of tasks per queue if all sharers get the same part of the room. */
    int each(int room) {
        return parts(room, sharers);
    }

    /** The queues that such a room suffices for. */
    List<String> queues(int room) {
        int each = each(room);
        return each == 0 ? List.of() : queues.subList(0, Math.min(queues.size(), parts(room, each)));
    }

    /** The number of tasks that fill this turn's part of the room. */
    public int wanted(int room) {
        return each(room) * queues(room).size();
    }

    private static int parts(int whole, int part) {
        return (whole + part - 1) / part;
    }
}
