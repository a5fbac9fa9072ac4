package dev.errand.api;

/** No task has that id: it was never sent, its transaction was rolled back, or the task was pruned. */
public class UnknownTaskException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public UnknownTaskException(String message) {
        super(message);
    }
}
