package dev.errand.tasks.http;

/** Why a call was stopped from this side. */
enum Stop {
    DEADLINE,
    REVOKED,
    INTERRUPTED
}
