package dev.errand.api;

import java.time.Instant;

/**
 * A condition that an operator should fix.
 *
 * @param kind the kind of problem
 * @param name the task, the queue, the schedule or the node that has it; null if it concerns all
 * @param message a sentence about it
 * @param remedy the remedy, in a sentence
 * @param since the instant from which it exists; null if that is not known
 */
public record ProblemInfo(Kind kind, String name, String message, String remedy, Instant since) {

    /** The kinds of problems. */
    public enum Kind {
        /** No live node runs tasks. */
        NO_NODE,
        /** Tasks are PARKED, because no live node has a handler for them. */
        PARKED,
        /** Tasks wait in a queue that no live node serves. */
        QUEUE_NOT_SERVED,
        /** Tasks wait in a paused queue. */
        QUEUE_PAUSED,
        /** A queue has as many tasks as its maxPending allows; sends are refused. */
        QUEUE_FULL,
        /** An administrator has paused a task name, and tasks of it wait. */
        HANDLER_PAUSED,
        /** The fuse of a task name has blown. */
        FUSE_BLOWN,
        /** A schedule does not fire: no live node has a handler for its task, or its times cannot be read. */
        SCHEDULE,
        /** A run is past its time limit and does not end. */
        STUCK_RUN
    }
}
