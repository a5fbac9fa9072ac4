package dev.errand.api;

/** The {@code expires} of a task is already in the past. Nothing was sent. */
public class TaskExpiredException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public TaskExpiredException(String message) {
        super(message);
    }
}
