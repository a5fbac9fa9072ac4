package dev.errand.url;

/** A text is not a web address that can be used. The message says why, and quotes nothing of the text that may be secret. */
public final class InvalidAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String message) {
        super(message);
    }
}
