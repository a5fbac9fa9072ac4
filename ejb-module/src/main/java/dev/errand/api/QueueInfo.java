package dev.errand.api;

import java.time.Duration;
import java.time.Instant;

/**
 * The figures of a queue.
 *
 * @param pending the number of tasks that are not finished and do not run: due now, due later, or waiting for a retry
 * @param due the number of pending tasks that could run now
 * @param running the number of tasks that run (transactional tasks count once they last longer than a second)
 * @param paused whether no further task of the queue starts until a user resumes it
 * @param pausedBy the principal name of the user that paused it; null if it is not paused, or if that user was not logged in
 * @param pausedAt the instant at which it was paused; null if it is not paused
 * @param concurrency the largest number of its tasks that each node runs at once; null if there is none
 * @param reserved the number of places of each node that only this queue uses; null if there are none
 * @param maxPending the number of unfinished tasks beyond which sends are refused; null if there is none
 * @param timeLimit the time limit of tasks whose handler has none; null if there is none
 */
public record QueueInfo(
        String name,
        long pending,
        long due,
        long running,
        boolean paused,
        String pausedBy,
        Instant pausedAt,
        Integer concurrency,
        Integer reserved,
        Long maxPending,
        Duration timeLimit) {

    /** Creates the figures of a queue without settings. */
    public QueueInfo(
            String name, long pending, long due, long running, boolean paused, String pausedBy, Instant pausedAt) {
        this(name, pending, due, running, paused, pausedBy, pausedAt, null, null, null, null);
    }
}
