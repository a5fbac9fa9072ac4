package dev.errand.api;

import java.time.Duration;
import java.time.Instant;

/**
 * A change of a task that waits: {@code TaskChange.none().queue("bulk").priority(9)}. Immutable: each call returns a changed copy.
 * Null leaves the value as it is. A value out of its range is refused here, with an {@link InvalidValueException}.
 *
 * @param argument the new argument, any value that can be written as JSON; {@link TaskValue#NONE} for none
 * @param queue the queue in which the task waits from now on
 * @param priority 0 (lowest) to 9 (highest)
 * @param dueAt the instant at which the task is due; in the past: at once
 * @param countdown the same as a time from the change; it takes precedence over {@code dueAt}
 */
public record TaskChange(Object argument, String queue, Integer priority, Instant dueAt, Duration countdown) {

    private static final TaskChange NONE = new TaskChange(null, null, null, null, null);

    /** Checks each value; null leaves the task's value as it is. */
    public TaskChange {
        if (queue != null) {
            Checks.queue(queue);
        }
        if (priority != null) {
            Checks.priority(priority);
        }
        if (dueAt != null) {
            Checks.instant("dueAt", dueAt);
        }
        if (countdown != null) {
            Checks.countdown(countdown);
        }
    }

    /** Returns a change that changes nothing. */
    public static TaskChange none() {
        return NONE;
    }

    public TaskChange argument(Object argument) {
        Checks.present("argument", argument);
        return new TaskChange(argument, queue, priority, dueAt, countdown);
    }

    public TaskChange queue(String queue) {
        Checks.present("queue", queue);
        return new TaskChange(argument, queue, priority, dueAt, countdown);
    }

    public TaskChange priority(int priority) {
        return new TaskChange(argument, queue, priority, dueAt, countdown);
    }

    public TaskChange dueAt(Instant dueAt) {
        Checks.present("dueAt", dueAt);
        return new TaskChange(argument, queue, priority, dueAt, countdown);
    }

    public TaskChange countdown(Duration countdown) {
        Checks.present("countdown", countdown);
        return new TaskChange(argument, queue, priority, dueAt, countdown);
    }
}
