package dev.errand.tasks.http;

/** There was no connection, or it broke. */
public class ConnectionFailedException extends TransientHttpException {
    private static final long serialVersionUID = 1L;

    public ConnectionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
