package dev.errand.tasks.http;

/** A negative answer of the other side: a broken link, or a webhook that is not wanted. */
public class FailedStatusException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public FailedStatusException(String message) {
        super(message);
    }
}
