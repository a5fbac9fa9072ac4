package dev.errand.api;

import java.time.Instant;

/**
 * Whether the tasks of a name wait, because an administrator has paused the name, or because its {@link Fuse} has blown.
 *
 * @param task the name
 * @param paused whether an administrator has paused it
 * @param pausedBy the principal name of the user that paused it; null if it is not paused, or if that user was not logged in
 * @param pausedAt the instant at which it was paused; null if it is not paused
 * @param fuse null if the fuse has not blown, or if there is none
 */
public record HandlerHold(String task, boolean paused, String pausedBy, Instant pausedAt, Blown fuse) {

    /**
     * A fuse that has blown.
     *
     * @param error the type of the exceptions
     * @param at the instant at which it blew
     * @param probeAt the instant at which a task tries again
     */
    public record Blown(String error, Instant at, Instant probeAt) {}

    /** Returns the state of a name whose tasks do not wait. */
    public static HandlerHold none(String task) {
        return new HandlerHold(task, false, null, null, null);
    }
}
