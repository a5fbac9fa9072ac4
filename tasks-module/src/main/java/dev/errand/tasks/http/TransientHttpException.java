package dev.errand.tasks.http;

/** The call failed in a way that often passes: worth a retry. */
public abstract class TransientHttpException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    protected TransientHttpException(String message) {
        super(message);
    }

    protected TransientHttpException(String message, Throwable cause) {
        super(message, cause);
    }
}
