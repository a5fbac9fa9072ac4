package dev.errand.api;

/** No task was ever sent to a queue of that name, and no handler uses it. */
public class UnknownQueueException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public UnknownQueueException(String message) {
        super(message);
    }
}
