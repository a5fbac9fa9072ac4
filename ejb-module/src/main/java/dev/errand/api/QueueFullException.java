package dev.errand.api;

/**
 * A queue has as many waiting tasks as its {@code maxPending} allows. Nothing was sent. The sender waits until some of them are
 * finished, and sends again; REST answers 429.
 */
public class QueueFullException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public QueueFullException(String message) {
        super("queue", message, null);
    }
}
