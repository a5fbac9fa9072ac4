package dev.errand.api;

/** The database did not accept a task. Nothing was sent. The cause gives the reason. */
public class SendFailedException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public SendFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
