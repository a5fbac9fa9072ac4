package dev.errand.api;

/** A run took longer than its task's time limit and was interrupted. */
public class TimeLimitExceededException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public TimeLimitExceededException(String message) {
        super(message);
    }

    public TimeLimitExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
