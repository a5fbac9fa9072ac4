package dev.errand.api;

/** The database does not answer. No task can be read or changed until it does; try again later. */
public class DatabaseAwayException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DatabaseAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
