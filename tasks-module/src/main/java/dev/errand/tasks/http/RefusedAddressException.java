package dev.errand.tasks.http;

/** The host is at a private address, which tasks may call only if {@code errand.http.allow} says so. */
public class RefusedAddressException extends OutgoingHttpException {
    private static final long serialVersionUID = 1L;

    public RefusedAddressException(String message) {
        super(message);
    }
}
