package dev.errand.api;

import java.time.Duration;

/**
 * A request of a handler to run again later, made by {@link TaskContext#snooze}; the handler throws it. It counts no retry and
 * is no error: the task waits as PENDING. As with every exception that leaves a handler, a transactional run is rolled back.
 */
public final class TaskSnooze extends ErrandException {
    private static final long serialVersionUID = 1L;

    private final Duration duration;

    /** Makes a request; for implementations of {@link TaskContext}. A handler calls {@code task.snooze(duration)}. */
    public TaskSnooze(String message, Duration duration) {
        super(message);
        this.duration = Checks.duration("duration", duration);
    }

    /** Returns the wait before the next run. */
    public Duration duration() {
        return duration;
    }
}
