package dev.errand.api;

/** What somebody did to a task, or to a queue. */
public enum AuditAction {
    /** Sent a task. */
    SEND,
    /** Revoked a task; one that ran was asked to stop. */
    REVOKE,
    /** Had a task run again now. */
    RETRY,
    /** Paused a queue. */
    PAUSE,
    /** Resumed a queue. */
    RESUME
}
