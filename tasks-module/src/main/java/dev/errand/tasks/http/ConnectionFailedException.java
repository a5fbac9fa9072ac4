package dev.errand.tasks.http;

/** A connection that could not be opened, or that broke. */
public class ConnectionFailedException extends TransientHttpException {
    private static final long serialVersionUID = 1L;

    public ConnectionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
