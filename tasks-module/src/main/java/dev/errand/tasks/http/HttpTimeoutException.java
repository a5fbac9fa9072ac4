package dev.errand.tasks.http;

/** A time-out: the other side took too long to connect, to answer, or to finish. */
public class HttpTimeoutException extends TransientHttpException {
    private static final long serialVersionUID = 1L;

    public HttpTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }
}
