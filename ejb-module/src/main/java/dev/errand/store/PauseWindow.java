package dev.errand.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The time in which a task may start after a statement that takes no task of a paused queue: one second, counted from
 * before the statement was sent. Later, the queue is looked up again. A pause is answered a second after its commit. So
 * no task of the queue starts on any node once the pause is answered, and a start costs no further statement in the
 * normal case. A lock on the queue's row would have the same effect, but a pause would then wait for the handlers that
 * it is meant to stop.
 *
 * <p>Only durations count, so the clocks of the nodes may differ. One window per transaction; not thread-safe.
 */
public final class PauseWindow {
    static final Duration LENGTH = Duration.ofSeconds(1);

    private final long opened = System.nanoTime();
    private final Map<String, Long> askedAgain = new HashMap<>();

    /** Returns whether the queue is paused. Asks the database only if the window has closed. */
    public boolean isPaused(TaskLocks locks, String queue) {
        if (isOpen(askedAgain.getOrDefault(queue, opened))) {
            return false;
        }
        // This answer counts even if it takes longer than a window: with such a slow database, no task would start
        // otherwise.
        askedAgain.put(queue, System.nanoTime());
        return locks.isPaused(queue);
    }

    private static boolean isOpen(long asked) {
        return System.nanoTime() - asked < LENGTH.toNanos();
    }

    /** Waits until all windows have closed that were open when a pause was committed. */
    public static void awaitEnd() {
        long end = System.nanoTime() + LENGTH.toNanos();
        for (long left = LENGTH.toNanos();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
