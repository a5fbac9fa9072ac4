package dev.errand.api;

import java.util.EnumSet;
import java.util.Set;

/** The states of a task: Celery's, and PARKED. {@link #canBecome} is the whole state machine; docs/explain/lifecycle.md draws it. */
public enum TaskState {
    /** Waits for its first run: for room, or for its eta. */
    PENDING,
    /** Runs. */
    STARTED,
    /** Has failed, and waits for its next run. */
    RETRY,
    /** Over, with a result. */
    SUCCESS,
    /** Over, with an error. */
    FAILURE,
    /** Over: somebody revoked it, or it expired before it ran. */
    REVOKED,
    /** No handler of its name is deployed; it is kept, and runs as soon as one is. */
    PARKED;

    /** Whether nothing happens to the task any more by itself. */
    public boolean over() {
        return this == SUCCESS || this == FAILURE || this == REVOKED;
    }

    /** Whether a task in this state may go to that one. */
    public boolean canBecome(TaskState next) {
        return next(this).contains(next);
    }

    /** The states from which a task may go to that one; every UPDATE of a state is guarded by them. */
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
            // PENDING: its node went away, and somebody else has to run it
            case STARTED -> EnumSet.of(SUCCESS, RETRY, FAILURE, REVOKED, PENDING);
            case PARKED -> EnumSet.of(PENDING, REVOKED);
            // PENDING: somebody asked for one more run
            case FAILURE, REVOKED -> EnumSet.of(PENDING);
            case SUCCESS -> EnumSet.noneOf(TaskState.class);
        };
    }
}
