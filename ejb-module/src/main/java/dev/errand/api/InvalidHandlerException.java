package dev.errand.api;

/** A class cannot be a task's handler as it is written. The exception stops the deployment. */
public class InvalidHandlerException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidHandlerException(String message) {
        super(message);
    }

    public InvalidHandlerException(String message, Throwable cause) {
        super(message, cause);
    }
}
