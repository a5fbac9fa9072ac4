package dev.errand.tasks.http;

/** The task's argument cannot be used: the sender has to change it. */
public class BadArgumentException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public BadArgumentException(String message) {
        super(message);
    }

    public BadArgumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
