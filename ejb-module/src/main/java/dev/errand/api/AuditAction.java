package dev.errand.api;

/** What was done to a task, or to a queue: by a person, but for {@link #EXPIRE}. */
public enum AuditAction {
    /** Sent a task. */
    SEND,
    /** Revoked a task; one that ran was asked to stop. */
    REVOKE,
    /** Had a task run again now. */
    RETRY,
    /** The engine revoked a task that expired before it ran. */
    EXPIRE,
    /** Paused a queue. */
    PAUSE,
    /** Resumed a queue. */
    RESUME
}
