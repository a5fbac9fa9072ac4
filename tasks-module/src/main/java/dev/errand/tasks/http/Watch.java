package dev.errand.tasks.http;

import dev.errand.api.TaskContext;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Looks after one task's calls from another thread, and breaks off the one that is under way when the deadline is over or
 * the task has to stop. A thread that waits for a socket notices neither by itself: the socket's own time-out starts again
 * with every byte, and an interrupt does not reach it.
 */
final class Watch implements AutoCloseable {
    /** One repeated look, not one alarm at the deadline: an alarm cancelled early would stay in some servers' queues for an hour. */
    private static final long BEAT_MILLIS = 200;

    private final long deadline;
    private final TaskContext task;
    private final Thread worker = Thread.currentThread();
    private final ScheduledFuture<?> beats;
    private Cancellable call;
    private Stop stop;

    Watch(Duration timeout, TaskContext task, ScheduledExecutorService scheduler) {
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.task = task;
        this.beats = scheduler.scheduleWithFixedDelay(this::look, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on this is the call to break off. */
    synchronized void over(Cancellable next) {
        call = next;
        if (stop != null) {
            call.cancel();
        }
    }

    /** Looks once more, now; null: go on. */
    synchronized Stop look() {
        if (stop == null) {
            stop = reason();
            if (stop != null && call != null) {
                call.cancel();
            }
        }
        return stop;
    }

    private Stop reason() {
        if (worker.isInterrupted()) {
            return Stop.INTERRUPTED;
        }
        if (task.revoked()) {
            return Stop.REVOKED;
        }
        return System.nanoTime() - deadline >= 0 ? Stop.DEADLINE : null;
    }

    /** Ends the looking; waits for no one. */
    @Override
    public void close() {
        beats.cancel(false);
    }
}
