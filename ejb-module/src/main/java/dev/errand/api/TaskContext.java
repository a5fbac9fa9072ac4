package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The current run, as its handler sees it. Thread-safe; of no use after the run. */
public interface TaskContext {

    /** Returns the task's id. */
    String id();

    /** Returns the task's name. */
    String task();

    /** Returns the number of retries of the task so far: 0 in the first run. */
    int retries();

    /** Returns the queue from which the task was taken. */
    String queue();

    /**
     * Returns the instant at which the time limit of the run ends: then its thread is interrupted. Empty if the task has no time
     * limit.
     */
    default Optional<Instant> deadline() {
        return Optional.empty();
    }

    /** Returns the tags that the sender gave; an empty list if there are none. */
    default List<String> tags() {
        return List.of();
    }

    /**
     * Returns the instant of the schedule for which the task was sent, which may be before the start of the run by a delay of any
     * length; for a task that a user has asked a schedule for, the instant of the request. Empty if no schedule has sent the task.
     */
    default Optional<Instant> scheduledAt() {
        return Optional.empty();
    }

    /** Returns the name of the caller that sent the task, or null if the caller was not logged in. */
    String sentBy();

    /**
     * Reports the progress of the work. The call is cheap: the newest report is written once per second, outside the
     * handler's transaction, and the last one is kept with the task.
     *
     * @param total the value that {@code done} has at the end; 0 if unknown
     * @param message may be null
     */
    void progress(long done, long total, String message);

    /**
     * Keeps a line with the task, for people to read. The line is written within a second, even if the run fails. Errand
     * keeps at most 1,000 lines per run, of 1,000 characters each; one more line gives the number of dropped lines.
     */
    void log(String message);

    /**
     * Returns whether a user has revoked the task while it runs (its thread is interrupted, too). A handler that lasts should
     * check now and then, and return or throw: the outcome is REVOKED either way.
     */
    boolean revoked();

    /**
     * Makes the exception to throw for one more run:
     * {@code throw task.retry(e).countdown(Duration.ofMinutes(2)).maxRetries(10);}
     *
     * @param cause the reason for the retry, and the task's error if no retry is left; may be null
     */
    TaskRetry retry(Throwable cause);

    /**
     * Makes the exception to throw for a later run that counts no retry, such as while the work is not ready:
     * {@code throw task.snooze(Duration.ofMinutes(10));} The task waits as PENDING, without an error.
     *
     * @param duration the wait before the next run, from 0 to 100 years
     * @throws InvalidValueException if the duration is null or out of its range
     */
    default TaskSnooze snooze(Duration duration) {
        return new TaskSnooze("Task " + task() + "[" + id() + "] asks to run again in " + duration + ".", duration);
    }

    /**
     * Makes the exception to throw if the work is not to be done any more: {@code throw task.cancel("the order is closed");} The
     * task becomes REVOKED with this reason, and no policy retries it.
     *
     * @throws InvalidValueException if the reason is null
     */
    default TaskCancel cancel(String reason) {
        return new TaskCancel(reason);
    }
}
