package dev.errand.tasks.datastore;

import dev.errand.api.ErrandException;

/** A load that another one or the state of the database prevents for now. The task is retried. */
public class DatastoreBusyException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public DatastoreBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
