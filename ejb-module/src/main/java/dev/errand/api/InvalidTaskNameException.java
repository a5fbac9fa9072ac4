package dev.errand.api;

/** The name of a task is empty, too long, or has blanks in it. */
public class InvalidTaskNameException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public InvalidTaskNameException(String message) {
        super(message);
    }
}
