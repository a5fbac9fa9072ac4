package dev.errand.api;

import java.time.Instant;

/**
 * A queue in figures.
 *
 * @param pending tasks that are not over and do not run: due now, due later, or waiting for a retry
 * @param due those of them that could run now
 * @param running tasks that run (transactional ones once they last longer than a second)
 * @param paused whether nothing new starts until somebody resumes it
 * @param pausedBy the principal name of who paused it; null if it is not paused, or nobody was logged in
 * @param pausedAt since when it is paused; null if it is not
 */
public record QueueInfo(
        String name, long pending, long due, long running, boolean paused, String pausedBy, Instant pausedAt) {}
