package dev.errand.api;

/** The database does not answer: nothing can be looked up or changed until it does. Try again later. */
public class DatabaseAwayException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
