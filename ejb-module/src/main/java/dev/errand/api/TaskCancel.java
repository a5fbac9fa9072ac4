package dev.errand.api;

/**
 * A decision of a handler that the task is not to be done, made by {@link TaskContext#cancel}; the handler throws it. The task
 * becomes REVOKED with the reason as its error, and no policy retries it. As with every exception that leaves a handler, a
 * transactional run is rolled back.
 */
public final class TaskCancel extends ErrandException {
    private static final long serialVersionUID = 1L;

    /** Makes a decision; for implementations of {@link TaskContext}. A handler calls {@code task.cancel(reason)}. */
    public TaskCancel(String reason) {
        super(Checks.present("reason", reason));
    }
}
