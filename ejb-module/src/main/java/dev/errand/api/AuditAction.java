package dev.errand.api;

/** Actions on a task, a queue, a handler, a node, a schedule or a limit that are recorded. A person does each of them, except {@link #EXPIRE}. */
public enum AuditAction {
    /** Sent a task. */
    SEND,
    /** Revoked a task. A task that ran was asked to stop. */
    REVOKE,
    /** Asked for another run of a task, now. */
    RETRY,
    /** Changed a task that waits: its argument, queue, priority or due time. */
    CHANGE,
    /** The engine revoked a task that expired before it ran. */
    EXPIRE,
    /** Paused a queue, a handler or a schedule. A fuse that blows is recorded without a user. */
    PAUSE,
    /** Resumed a queue, a handler or a schedule. A fuse that closes is recorded without a user. */
    RESUME,
    /** Added or changed a schedule, or changed a limit. */
    PUT,
    /** Removed a schedule, or the change of a limit. */
    REMOVE,
    /** Sent a task of a schedule on demand. */
    RUN,
    /** Changed the settings of a queue or a node. */
    SET
}
