package dev.errand.tasks.http;

/** A negative answer of the other side: a broken link, or a webhook that is not wanted. */
public class FailedStatusException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    private final Integer status;

    /** Makes one of several answers together, such as too many redirects. */
    public FailedStatusException(String message) {
        this(message, null);
    }

    public FailedStatusException(String message, Integer status) {
        super(message);
        this.status = status;
    }

    @Override
    public Integer status() {
        return status;
    }
}
