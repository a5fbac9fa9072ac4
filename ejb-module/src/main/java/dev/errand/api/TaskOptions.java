package dev.errand.api;

import java.time.Duration;
import java.time.Instant;

/**
 * How a task is sent: {@code TaskOptions.none().countdown(Duration.ofMinutes(5)).priority(9)}. Immutable: each call returns
 * a changed copy; a value that cannot be is refused here, with an {@link InvalidOptionException}.
 *
 * @param id 1 to 255 visible ASCII characters; default (null) a UUIDv7
 * @param countdown how long to wait before the first run; beats {@code eta}, as in Celery
 * @param eta when the first run is due; in the past: at once
 * @param expires when the task is no longer worth running: from then on it becomes REVOKED instead
 * @param priority 0 (lowest) to 9 (highest); default the handler's
 * @param queue default the handler's
 * @param maxRetries retries after the first run; -1: no limit; default the handler's
 * @param uniqueKey while a task with this key is not over, no other can be sent; 255 visible ASCII characters at most
 */
public record TaskOptions(
        String id,
        Duration countdown,
        Instant eta,
        Instant expires,
        Integer priority,
        String queue,
        Integer maxRetries,
        String uniqueKey) {

    private static final TaskOptions NONE = new TaskOptions(null, null, null, null, null, null, null, null);

    /** Each value is checked; null stands for the default. */
    public TaskOptions {
        if (id != null) {
            Checks.id(id);
        }
        if (countdown != null) {
            Checks.countdown(countdown);
        }
        if (eta != null) {
            Checks.instant("eta", eta);
        }
        if (expires != null) {
            Checks.instant("expires", expires);
        }
        if (priority != null) {
            Checks.priority(priority);
        }
        if (queue != null) {
            Checks.name("queue", queue, 100);
        }
        if (maxRetries != null) {
            Checks.maxRetries(maxRetries);
        }
        if (uniqueKey != null) {
            Checks.name("uniqueKey", uniqueKey, 255);
        }
    }

    /** All defaults. */
    public static TaskOptions none() {
        return NONE;
    }

    public TaskOptions id(String id) {
        return new TaskOptions(Checks.id(id), countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions countdown(Duration countdown) {
        Checks.present("countdown", countdown);
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions eta(Instant eta) {
        Checks.present("eta", eta);
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions expires(Instant expires) {
        Checks.present("expires", expires);
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions priority(int priority) {
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions queue(String queue) {
        Checks.present("queue", queue);
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions maxRetries(int maxRetries) {
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions uniqueKey(String uniqueKey) {
        Checks.present("uniqueKey", uniqueKey);
        return new TaskOptions(id, countdown, eta, expires, priority, queue, maxRetries, uniqueKey);
    }
}
