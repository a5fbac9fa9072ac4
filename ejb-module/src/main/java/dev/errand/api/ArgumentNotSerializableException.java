package dev.errand.api;

/** The argument of a task cannot be written as JSON. Nothing was sent. */
public class ArgumentNotSerializableException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public ArgumentNotSerializableException(String message) {
        super(message);
    }

    public ArgumentNotSerializableException(String message, Throwable cause) {
        super(message, cause);
    }
}
