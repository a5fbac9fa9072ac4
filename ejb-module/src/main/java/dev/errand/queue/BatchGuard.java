package dev.errand.queue;

import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Detection of batch runners that run nothing although the sweep finds the same tasks for them again and again. A batch
 * runner that ends without having run a task is normal if another runner or node was faster; the same task does not stay due
 * then. Thread-safe.
 */
@ApplicationScoped
public class BatchGuard {
    /** The number of times that the sweep may find a task due, each time after a batch runner that ran nothing. */
    static final int PATIENCE = 5;

    private static final int MOST_TASKS = 10_000;

    private final Map<String, Integer> looks = new HashMap<>();
    private int idle;
    private boolean idleSinceLook;

    /** Notes that a batch runner has run tasks. */
    public synchronized void worked() {
        idle = 0;
        idleSinceLook = false;
        looks.clear();
    }

    /**
     * Notes that a batch runner has run no task.
     *
     * @return the number of such batch runners in a row, up to now
     */
    public synchronized int idle() {
        idleSinceLook = true;
        return ++idle;
    }

    /**
     * Notes that the sweep has found tasks for batch runners.
     *
     * @return whether batch runners leave these tasks due, so that the tasks must run without them
     */
    public synchronized boolean leftDue(Collection<TaskRecord> tasks) {
        if (!idleSinceLook) {
            return false;
        }
        idleSinceLook = false;
        if (looks.size() > MOST_TASKS) {
            looks.clear();
        }
        boolean left = tasks.stream()
                .mapToInt(task -> looks.merge(task.id() + " " + task.run(), 1, Integer::sum))
                .anyMatch(times -> times >= PATIENCE);
        if (left) {
            looks.clear();
        }
        return left;
    }
}
