package dev.errand.store;

/**
 * Learns, in the transaction that changes them, of finished tasks and released steps. Its work takes effect after the commit,
 * and may be lost: it only saves a wait. Thread-safe.
 */
public interface FinishListener {
    /** Notes that a task has finished: callers may wait for it. */
    void finished(String id);

    /**
     * Notes that steps may wait for this one, together with others.
     *
     * @param key the name of the step's group, or of the step
     */
    void memberFinished(String workflow, String key);

    /** Notes that a step of a workflow has ended without success, or that its steps must be checked for another reason. */
    void check(String workflow);

    /** Notes that a released step is due at that time, in milliseconds. */
    void released(long dueAt);
}
