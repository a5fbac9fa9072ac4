package dev.errand.web.http;

/** A request body that is larger than any valid one. Becomes a 413. */
public class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BodyTooLargeException(String message) {
        super(message);
    }
}
