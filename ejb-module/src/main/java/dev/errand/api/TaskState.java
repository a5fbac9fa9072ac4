package dev.errand.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a task: Celery's, PARKED and WAITING. {@link #canBecome} is the whole state machine; docs/explain/lifecycle.md draws
 * it.
 */
public enum TaskState {
    /** A task that waits for its first run: for room, or for its eta. */
    PENDING,
    /** A task that runs. */
    STARTED,
    /** A task that has failed and waits for its next run. */
    RETRY,
    /** A task that finished with a result. */
    SUCCESS,
    /** A task that finished with an error. */
    FAILURE,
    /** A finished task that a user revoked, or that expired before it ran. */
    REVOKED,
    /** A task without a deployed handler of its name; it is kept, and runs as soon as a handler is deployed. */
    PARKED,
    /** A step of a workflow that waits for other steps; no node looks at it before they are finished. */
    WAITING;

    /** Returns whether the task has finished: it does not change any more by itself. */
    public boolean finished() {
        return this == SUCCESS || this == FAILURE || this == REVOKED;
    }

    /** Returns whether a task in this state may change to that one. */
    public boolean canBecome(TaskState next) {
        return next(this).contains(next);
    }

    /** Returns the states from which a task may change to that one. They guard each UPDATE of a state. */
    public static Set<TaskState> thatCanBecome(TaskState next) {
        Set<TaskState> from = EnumSet.noneOf(TaskState.class);
        for (TaskState state : values()) {
            if (state.canBecome(next)) {
                from.add(state);
            }
        }
        return from;
    }

    private static Set<TaskState> next(TaskState state) {
        return switch (state) {
            case PENDING, RETRY -> EnumSet.of(STARTED, SUCCESS, RETRY, FAILURE, REVOKED, PARKED);
            // PENDING: its node went away, and another node has to run it
            case STARTED -> EnumSet.of(SUCCESS, RETRY, FAILURE, REVOKED, PENDING);
            case PARKED -> EnumSet.of(PENDING, REVOKED);
            // FAILURE: the results for which it waited are larger than an argument may be
            case WAITING -> EnumSet.of(PENDING, REVOKED, FAILURE);
            // a user asked for one more run, which may have to wait for other steps
            case FAILURE, REVOKED -> EnumSet.of(PENDING, WAITING);
            case SUCCESS -> EnumSet.noneOf(TaskState.class);
        };
    }
}
