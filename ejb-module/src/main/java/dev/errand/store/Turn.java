package dev.errand.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Queues that have due tasks of one application and priority and take their turn together.
 *
 * @param application '' for tasks whose application is unknown
 * @param sharers the number of queues of that priority that share the remaining room, these included
 */
public record Turn(String application, int priority, List<String> queues, int sharers) {
    /**
     * The number of queues in a turn: enough for a full batch if each has a single task, few enough for one statement.
     */
    static final int MOST = 100;

    /**
     * The number of queues that share a batch. A statement per task costs more than a task, so a batch has tasks of a
     * random selection of queues, not of all.
     */
    private static final int PARTS = 10;

    /**
     * Orders the queues of an application by priority, highest first. Queues of one priority are in random order: in the order of time, a
     * queue with a long backlog would block all others until it is empty.
     */
    static List<Turn> of(String application, Collection<DueQueue> due) {
        Map<Integer, List<String>> byPriority = new TreeMap<>(Collections.reverseOrder());
        due.forEach(queue -> byPriority
                .computeIfAbsent(queue.priority(), priority -> new ArrayList<>())
                .add(queue.name()));
        List<Turn> turns = new ArrayList<>();
        byPriority.forEach((priority, queues) -> {
            Collections.shuffle(queues);
            turns.addAll(of(application, priority, queues, queues.size()));
        });
        return turns;
    }

    /**
     * Returns the turns of queues of one priority.
     *
     * @param sharers the number of queues of that priority, including those that have no turn yet
     */
    static List<Turn> of(String application, int priority, List<String> queues, int sharers) {
        List<Turn> turns = new ArrayList<>();
        for (int from = 0; from < queues.size(); from += MOST) {
            List<String> some = queues.subList(from, Math.min(queues.size(), from + MOST));
            turns.add(new Turn(application, priority, List.copyOf(some), sharers - from));
        }
        return turns;
    }

    /** Returns the turn of those queues that the gate opens. */
    Turn only(QueueGate gate) {
        return new Turn(
                application, priority, queues.stream().filter(gate::opens).toList(), sharers);
    }

    /** Returns the largest number of tasks to take from a queue, if the queues of a batch share the room equally. */
    int each(int room) {
        int parts = Math.min(sharers, PARTS);
        return (room + parts - 1) / parts;
    }

    /**
     * Returns whether more tasks may be due than were locked.
     *
     * @param locked the queue of each task
     */
    public boolean mayHaveMore(List<String> locked, int room) {
        return locked.size() >= room
                || locked.stream().anyMatch(name -> Collections.frequency(locked, name) >= each(room));
    }
}
