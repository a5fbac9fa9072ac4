package dev.errand.tasks.http;

import dev.errand.api.ErrandException;
import dev.errand.api.TaskContext;

/** What a failed call means for the task, where the handler's retry policy alone cannot say it. Pure. */
public final class Retries {
    /** A wrong host name is for ever, a hiccup of DNS is not: enough retries to tell them apart. */
    static final int FOR_UNRESOLVED_HOST = 3;

    private Retries() {}

    /** The exception for the handler to throw: the same one, or the wish to be run again. */
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
