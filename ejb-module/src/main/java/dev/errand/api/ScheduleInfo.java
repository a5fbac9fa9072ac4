package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A snapshot of a schedule: its definition, as in {@link Schedule}, and its state. Immutable.
 *
 * @param argumentValue the argument as JSON; JSON's null if there is none
 * @param paused whether it does not fire until a user resumes it
 * @param pausedBy the principal name of the user that paused it, or null
 * @param pausedAt the instant at which it was paused; null if it is not paused
 * @param next the next instant at which it fires; null if it is paused or has ended. In the past if it waits for the end of
 *     its last task ({@link Overlap#QUEUE})
 * @param last the last instant at which it fired; null if it never did. A run on demand does not count
 * @param lastTask the id of the last task; null if there was none. The task may have been pruned
 * @param skipped the number of instants that got no task because the last task was not finished
 * @param skippedAt the last of these instants; null if there was none
 * @param problem the reason why its tasks do not run, and the remedy; null if no problem is known
 */
public record ScheduleInfo(
        String name,
        String task,
        String cron,
        Duration every,
        ZoneId zone,
        TaskValue argumentValue,
        String queue,
        Integer priority,
        Misfire misfire,
        Overlap overlap,
        Instant from,
        Instant until,
        Duration jitter,
        boolean paused,
        String pausedBy,
        Instant pausedAt,
        Origin origin,
        Instant next,
        Instant last,
        String lastTask,
        long skipped,
        Instant skippedAt,
        String problem) {

    /** The place in which a schedule is defined. */
    public enum Origin {
        /** {@link Periodic} on a handler. It is changed and removed there; a user can pause it. */
        CODE,
        /** {@link TaskSchedules#put}, or REST. */
        API
    }

    /**
     * Returns the argument as plain JSON values (String, Number, Boolean, List, Map, null). Fields named in
     * {@code errand.mask} read "***".
     */
    public Object argument() {
        return argumentValue.value();
    }
}
