package dev.errand.api;

/** The id or the unique key of a task is taken already. Nothing was sent. */
public class DuplicateTaskException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DuplicateTaskException(String message) {
        super(message);
    }
}
