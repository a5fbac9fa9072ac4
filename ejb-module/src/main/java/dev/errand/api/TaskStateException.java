package dev.errand.api;

/** A task's state does not allow what was asked for. */
public class TaskStateException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public TaskStateException(String message) {
        super(message);
    }
}
