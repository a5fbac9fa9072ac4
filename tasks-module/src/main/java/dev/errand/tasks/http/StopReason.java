package dev.errand.tasks.http;

/** The reason why this side stopped a call. */
enum StopReason {
    DEADLINE,
    REVOKED,
    INTERRUPTED
}
