package dev.errand.tasks.datastore;

import dev.errand.api.ErrandException;

/** A table that cannot be loaded. A retry would not change that. */
public class DatastoreException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DatastoreException(String message) {
        super(message);
    }

    public DatastoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
