package dev.errand.api;

/**
 * The treatment of an instant that comes while the schedule's last task is not finished: it waits, runs, or waits for a retry.
 *
 * <p>While the task's queue is paused, or its last task is PARKED, each schedule behaves as with {@link #SKIP}: one unfinished
 * task waits, and no further ones pile up behind it.
 */
public enum Overlap {
    /** The instant gets no task. The default. */
    SKIP,
    /**
     * The instant waits for the end of the last task. If several instants wait, {@link Misfire} tells what becomes of them:
     * with {@link Misfire#ALL} each gets its task, otherwise the last one does.
     */
    QUEUE,
    /** The instant gets its task, which may run at the same time as the last one. */
    ALLOW
}
