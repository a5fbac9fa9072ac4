package dev.errand.api;

/** The name of a task is empty or too long, or contains blanks. */
public class InvalidTaskNameException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidTaskNameException(String message) {
        super(message);
    }
}
