package dev.errand.tasks.http;

import dev.errand.api.ErrandException;
import dev.errand.api.TaskContext;

/** Decides the effect of a failed call on the task, where the handler's retry policy alone cannot express it. Pure. */
public final class Retries {
    /**
     * The number of retries for an unknown host: enough to distinguish a short DNS problem from a wrong host name,
     * which stays wrong.
     */
    static final int FOR_UNRESOLVED_HOST = 3;

    private Retries() {}

    /** Returns the exception that the handler throws: the same one, or a request for another run. */
    public static ErrandException decide(OutgoingHttpException failure, TaskContext task) {
        if (failure instanceof UnresolvedHostException && task.retries() < FOR_UNRESOLVED_HOST) {
            return task.retry(failure);
        }
        if (failure instanceof TemporaryStatusException temporary
                && temporary.retryAfter().isPresent()) {
            return task.retry(failure).countdown(temporary.retryAfter().get());
        }
        return failure;
    }
}
