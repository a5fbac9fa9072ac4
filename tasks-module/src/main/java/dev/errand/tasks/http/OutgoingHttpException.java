package dev.errand.tasks.http;

import dev.errand.api.ErrandException;

/** A call to another machine came to nothing. What is not a {@link TransientHttpException} will not get better by itself. */
public abstract class OutgoingHttpException extends ErrandException {
    private static final long serialVersionUID = 1L;

    protected OutgoingHttpException(String message) {
        super(message);
    }

    protected OutgoingHttpException(String message, Throwable cause) {
        super(message, cause);
    }
}
