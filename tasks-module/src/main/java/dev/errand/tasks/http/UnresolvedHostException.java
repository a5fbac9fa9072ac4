package dev.errand.tasks.http;

/** DNS knows no such host; {@link Retries} gives it a few more chances, for DNS itself may be the one that fails. */
public class UnresolvedHostException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public UnresolvedHostException(String message, Throwable cause) {
        super(message, cause);
    }
}
