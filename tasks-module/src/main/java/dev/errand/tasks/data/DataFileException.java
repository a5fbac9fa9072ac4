package dev.errand.tasks.data;

import dev.errand.api.ErrandException;

/** A file that cannot be read as a table, or has problems that forbid its loading. A retry would not change that. */
public class DataFileException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DataFileException(String message) {
        super(message);
    }

    public DataFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
