package dev.errand.api;

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
 */
public record QueueInfo(
        String name, long pending, long due, long running, boolean paused, String pausedBy, Instant pausedAt) {}
