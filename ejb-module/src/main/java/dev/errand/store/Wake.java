package dev.errand.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The first wake-up of a queue and priority.
 *
 * @param due the earliest that has come, in milliseconds, or null
 * @param later the earliest that has not, or null if there is none or nobody asked
 */
public record Wake(String queue, int priority, Long due, Long later) {
    /**
     * Those that have something, highest priority first. Queues of one priority have their turns by chance: in the order of
     * time a queue with a long backlog would hold up all others until it is empty.
     */
    static List<Wake> inTurn(List<Wake> wakes) {
        List<Wake> some = new ArrayList<>(wakes);
        some.removeIf(wake -> wake.due == null && wake.later == null);
        Collections.shuffle(some);
        some.sort(Comparator.comparing(Wake::priority).reversed());
        return some;
    }

    /** How many queues have something due of this priority; each gets as much of what room there is. */
    public long sharers(List<Wake> wakes) {
        return wakes.stream()
                .filter(other -> other.due != null && other.priority == priority)
                .count();
    }
}
