package dev.errand.api;

/** A task's {@code expires} is in the past already. Nothing was sent. */
public class TaskExpiredException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public TaskExpiredException(String message) {
        super(message);
    }
}
