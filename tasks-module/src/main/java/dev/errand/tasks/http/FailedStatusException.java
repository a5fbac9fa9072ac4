package dev.errand.tasks.http;

/** The other side has answered, and the answer is no: a broken link, or a webhook that is not wanted. */
public class FailedStatusException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public FailedStatusException(String message) {
        super(message);
    }
}
