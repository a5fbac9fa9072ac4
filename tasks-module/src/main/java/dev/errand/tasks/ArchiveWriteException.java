package dev.errand.tasks;

import dev.errand.api.ErrandException;

/** An archive folder that cannot be written. An administrator can fix that, so the task is retried. */
public class ArchiveWriteException extends ErrandException {
    private static final long serialVersionUID = 1L;

    public ArchiveWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
