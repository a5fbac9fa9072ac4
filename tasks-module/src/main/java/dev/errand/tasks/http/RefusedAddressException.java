package dev.errand.tasks.http;

/** A host with a private address, which tasks may call only if {@code errand.http.allow} names it. */
public class RefusedAddressException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public RefusedAddressException(String message) {
        super(message);
    }
}
