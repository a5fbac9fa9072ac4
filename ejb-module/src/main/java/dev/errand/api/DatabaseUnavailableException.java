package dev.errand.api;

/** The database does not answer, or did not accept a task. Nothing was sent or changed; the caller may try again later. */
public class DatabaseUnavailableException extends ErrandException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message without the words of the database, because callers outside may read it
     * @param cause the error of the database; null if Errand did not ask it
     */
    public DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
