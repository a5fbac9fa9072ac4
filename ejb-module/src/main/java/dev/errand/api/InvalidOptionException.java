package dev.errand.api;

/** A value of {@link TaskOptions}, {@link TaskRetry} or {@link TaskFilter} is out of its range. */
public class InvalidOptionException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidOptionException(String message) {
        super(message);
    }

    public InvalidOptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
