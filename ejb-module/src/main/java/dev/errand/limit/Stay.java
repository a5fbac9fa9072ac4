package dev.errand.limit;

import dev.errand.store.LimitKey;
import dev.errand.store.TaskRecord;
import java.util.Map;
import java.util.Set;

/**
 * The places that one or more runs have, from their start to their end. Immutable.
 *
 * @param holder the name under which the tables have the places
 * @param held the limits of which it has a place
 * @param refused the tasks that must wait, each with the limit that has no room
 */
public record Stay(String holder, Set<LimitKey> held, Map<String, LimitKey> refused) {
    /** Runs without a limit. */
    public static final Stay FREE = new Stay("", Set.of(), Map.of());

    /** Returns the answer to a task that has been run or changed in the meantime, and must not start. */
    static Stay gone(String taskId) {
        return new Stay("", Set.of(), Map.of(taskId, new LimitKey("", "")));
    }

    /** Returns whether a task may run. */
    public boolean admits(TaskRecord task) {
        return !refused.containsKey(task.id());
    }

    /** Returns whether any task must wait. */
    public boolean refuses() {
        return !refused.isEmpty();
    }
}
