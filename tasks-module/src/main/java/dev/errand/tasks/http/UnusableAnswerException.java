package dev.errand.tasks.http;

/** An answer that cannot be used: it breaks a limit that protects this node, or is encoded in an unrequested way. */
public class UnusableAnswerException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public UnusableAnswerException(String message) {
        super(message);
    }

    public UnusableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
