package dev.errand.url;

/** A text is not a usable web address. The message gives the reason, and quotes no part of the text that may be secret. */
public final class InvalidAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String message) {
        super(message);
    }
}
