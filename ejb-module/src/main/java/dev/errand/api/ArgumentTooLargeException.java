package dev.errand.api;

/** The argument of a task is larger, as JSON, than {@code errand.argument.max-bytes}. Nothing was sent. */
public class ArgumentTooLargeException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public ArgumentTooLargeException(String message) {
        super("argument", message, null);
    }
}
