package dev.errand.json;

/** A value and JSON do not fit each other. The message names the place; callers add the task. */
public final class NotJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
