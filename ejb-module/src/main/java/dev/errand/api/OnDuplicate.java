package dev.errand.api;

/** The answer to a send whose unique key, or whose chosen id, belongs to another task. */
public enum OnDuplicate {
    /** Refuses the send with a {@link DuplicateTaskException}. The default. */
    REFUSE,
    /** Sends nothing, and returns the id of the other task, whatever its state. */
    KEEP,
    /**
     * Gives the argument, the due time and the expiry of this send to the other task while it waits, and returns its id. All else
     * stays as it was sent first. A task that runs, or that is finished, is not replaced: {@link DuplicateTaskException}.
     */
    REPLACE
}
