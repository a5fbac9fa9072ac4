package dev.errand.api;

/** The database did not take a task. Nothing was sent; the cause says why. */
public class SendFailedException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public SendFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
