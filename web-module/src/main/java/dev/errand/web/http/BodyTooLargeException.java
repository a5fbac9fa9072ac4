package dev.errand.web.http;

/** The body of a request is larger than anything that can be meant. Becomes a 413. */
public class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BodyTooLargeException(String message) {
        super(message);
    }
}
