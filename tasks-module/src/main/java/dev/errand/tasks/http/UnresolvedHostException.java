package dev.errand.tasks.http;

/** A host that DNS does not know. {@link Retries} allows a few more tries, because DNS itself may have failed. */
public class UnresolvedHostException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public UnresolvedHostException(String message, Throwable cause) {
        super(message, cause);
    }
}
