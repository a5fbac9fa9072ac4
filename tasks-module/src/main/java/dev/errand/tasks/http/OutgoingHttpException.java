package dev.errand.tasks.http;

import dev.errand.api.ErrandException;

/**
 * A failed call to another machine. Unless it is a {@link TransientHttpException}, the problem does not disappear by
 * itself.
 */
public abstract class OutgoingHttpException extends ErrandException {
    private static final long serialVersionUID = 1L;

    protected OutgoingHttpException(String message) {
        super(message);
    }

    protected OutgoingHttpException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the status of the answer that is the failure; null if there is none. */
    public Integer status() {
        return null;
    }
}
