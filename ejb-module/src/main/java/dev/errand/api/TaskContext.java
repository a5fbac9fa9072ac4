package dev.errand.api;

/**
 * What a handler knows of the run it is in. Thread-safe; of no use after the run.
 */
public interface TaskContext {

    /** The task's id. */
    String id();

    /** The task's name. */
    String task();

    /** How often the task was retried: 0 on the first run. */
    int retries();

    /** The queue the task was taken from. */
    String queue();

    /** The name of the caller who sent the task, or null if nobody was logged in. */
    String sentBy();

    /**
     * Tells people how far the work is. Cheap: what is shown is written once a second, outside the handler's transaction,
     * and the last one is kept with the task.
     *
     * @param total what {@code done} will be at the end; 0 if unknown
     * @param message may be null
     */
    void progress(long done, long total, String message);

    /**
     * Keeps a line with the task, for people to read; written within a second and even if the run fails.
     * At most 1,000 lines per run are kept, of 1,000 characters each; one more line says how many were dropped.
     */
    void log(String message);

    /**
     * Whether somebody has revoked the task while it runs (its thread is interrupted, too). A handler that lasts should
     * look now and then, and return or throw: the outcome is REVOKED either way.
     */
    boolean revoked();

    /**
     * Makes the exception to throw for one more run:
     * {@code throw task.retry(e).countdown(Duration.ofMinutes(2)).maxRetries(10);}
     *
     * @param cause why; the task's error if no retry is left; may be null
     */
    TaskRetry retry(Throwable cause);
}
