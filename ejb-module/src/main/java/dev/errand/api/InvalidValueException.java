package dev.errand.api;

/** A value that a caller gave is wrong: a task's name, id or argument, an option, a filter. Nothing was sent or changed. */
public class InvalidValueException extends ErrandException {
    private static final long serialVersionUID = 1L;

    /** @param field the name of the value, as in REST; null if no single value is at fault */
    public InvalidValueException(String field, String message) {
        this(field, message, null);
    }

    /** @param field the name of the value, as in REST; null if no single value is at fault */
    public InvalidValueException(String field, String message, Throwable cause) {
        super(field, message, cause);
    }
}
