package dev.errand.tasks.http;

import dev.errand.api.TaskContext;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Watches one task's calls from another thread, and cancels the current one when the deadline has passed or the task
 * has to stop. A thread that waits for a socket notices neither by itself: the socket's own time-out starts again with
 * every byte, and an interrupt does not reach it.
 */
final class CallWatch implements AutoCloseable {
    /**
     * The interval of a repeated check. One alarm at the deadline would not do: some servers keep an alarm that was
     * cancelled early in their queues for an hour.
     */
    private static final long CHECK_MILLIS = 200;

    private final long deadline;
    private final TaskContext task;
    private final Thread worker = Thread.currentThread();
    private final ScheduledFuture<?> checks;
    private Cancellable call;
    private StopReason stop;

    CallWatch(Duration timeout, TaskContext task, ScheduledExecutorService scheduler) {
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.task = task;
        this.checks = scheduler.scheduleWithFixedDelay(this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sets the call to cancel from now on. */
    synchronized void watch(Cancellable next) {
        call = next;
        if (stop != null) {
            call.cancel();
        }
    }

    /** Checks once more; null means that the call may continue. */
    synchronized StopReason check() {
        if (stop == null) {
            stop = findReason();
            if (stop != null && call != null) {
                call.cancel();
            }
        }
        return stop;
    }

    private StopReason findReason() {
        if (worker.isInterrupted()) {
            return StopReason.INTERRUPTED;
        }
        if (task.revoked()) {
            return StopReason.REVOKED;
        }
        return System.nanoTime() - deadline >= 0 ? StopReason.DEADLINE : null;
    }

    /** Ends the checks; does not wait for one that is running. */
    @Override
    public void close() {
        checks.cancel(false);
    }
}
