package dev.errand.tasks.http;

/** A failure that often disappears by itself, so that a retry is worthwhile. */
public abstract class TransientHttpException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    protected TransientHttpException(String message) {
        super(message);
    }

    protected TransientHttpException(String message, Throwable cause) {
        super(message, cause);
    }
}
