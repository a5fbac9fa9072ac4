package dev.errand.api;

import java.time.Duration;
import java.time.Instant;

/**
 * Options for sending a task: {@code TaskOptions.none().countdown(Duration.ofMinutes(5)).priority(9)}. Immutable: each call
 * returns a changed copy. A value out of its range is refused here, with an {@link InvalidValueException}.
 *
 * @param id 1 to 255 visible ASCII characters; default (null): a UUIDv7
 * @param countdown the wait before the first run; it takes precedence over {@code eta}, as in Celery
 * @param eta the instant at which the first run is due; in the past: at once
 * @param expires the instant from which the task is no longer worth running: if it has not run by then, it becomes REVOKED
 * @param expiresIn the same as a time from the sending; {@code expires} takes precedence
 * @param priority 0 (lowest) to 9 (highest); default: the handler's
 * @param queue the queue in which the task waits; default: the handler's
 * @param maxRetries the largest number of retries after the first run; -1: no limit; default: the handler's
 * @param uniqueKey a key that no other unfinished task may have; 255 visible ASCII characters at most
 */
public record TaskOptions(
        String id,
        Duration countdown,
        Instant eta,
        Instant expires,
        Duration expiresIn,
        Integer priority,
        String queue,
        Integer maxRetries,
        String uniqueKey) {

    /** The beginning of the name of a queue that only one node serves; that node's name follows. */
    public static final String NODE_QUEUE = "node:";

    private static final TaskOptions NONE = new TaskOptions(null, null, null, null, null, null, null, null, null);

    /** Checks each value; null stands for the default. */
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
        if (expiresIn != null) {
            // the name in REST, where expires is an instant or a duration
            Checks.duration("expires", expiresIn);
        }
        if (priority != null) {
            Checks.priority(priority);
        }
        if (queue != null) {
            Checks.queue(queue);
        }
        if (maxRetries != null) {
            Checks.maxRetries(maxRetries);
        }
        if (uniqueKey != null) {
            Checks.name("uniqueKey", uniqueKey, 255);
        }
    }

    /** Returns options in which each value is the default. */
    public static TaskOptions none() {
        return NONE;
    }

    public TaskOptions id(String id) {
        return new TaskOptions(
                Checks.id(id), countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions countdown(Duration countdown) {
        Checks.present("countdown", countdown);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions eta(Instant eta) {
        Checks.present("eta", eta);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions expires(Instant expires) {
        Checks.present("expires", expires);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions expiresIn(Duration expiresIn) {
        Checks.present("expiresIn", expiresIn);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions priority(int priority) {
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions queue(String queue) {
        Checks.present("queue", queue);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    /**
     * Makes a node run the task, and no other one: the task waits in the queue {@code node:NAME}, which only that node serves.
     * While the node is down, the task waits.
     *
     * @param node the name of a node, at most 95 visible ASCII characters
     */
    public TaskOptions runOn(String node) {
        Checks.name("runOn", node, 100 - NODE_QUEUE.length());
        return queue(NODE_QUEUE + node);
    }

    public TaskOptions maxRetries(int maxRetries) {
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }

    public TaskOptions uniqueKey(String uniqueKey) {
        Checks.present("uniqueKey", uniqueKey);
        return new TaskOptions(id, countdown, eta, expires, expiresIn, priority, queue, maxRetries, uniqueKey);
    }
}
