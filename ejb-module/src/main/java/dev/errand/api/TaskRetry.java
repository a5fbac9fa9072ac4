package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * A request of a handler for one more run, made by {@link TaskContext#retry}; the handler throws it. Celery's rules apply:
 * the countdown takes precedence over the eta, and each of them over the default wait (of the handler's {@link RetryPolicy},
 * otherwise three minutes). After the last retry, the task ends in FAILURE with the <em>cause</em> as its error. Not
 * thread-safe; throw it where it is made.
 */
public final class TaskRetry extends ErrandException {
    private static final long serialVersionUID = 1L;

    private Duration countdown;
    private Instant eta;
    private Integer maxRetries;
    private transient Object argument;
    private boolean argumentChanged;
    private String queue;
    private Integer priority;

    /** Makes a request; for implementations of {@link TaskContext}. A handler calls {@code task.retry(cause)}. */
    public TaskRetry(String message, Throwable cause) {
        super(message, cause);
    }

    /** Sets the wait before the next run, 0 or more. */
    public TaskRetry countdown(Duration countdown) {
        this.countdown = Checks.countdown(countdown);
        return this;
    }

    /** Sets the instant at which the next run is due; in the past: at once. */
    public TaskRetry eta(Instant eta) {
        this.eta = Checks.instant("eta", eta);
        return this;
    }

    /**
     * Sets the largest number of retries in all, this one included; -1: no limit. Default: the task's own limit, otherwise 3.
     */
    public TaskRetry maxRetries(int maxRetries) {
        this.maxRetries = Checks.maxRetries(maxRetries);
        return this;
    }

    /** Sets the argument of the next run, in place of the argument of this run. Null is a value. */
    public TaskRetry argument(Object argument) {
        this.argument = argument;
        this.argumentChanged = true;
        return this;
    }

    /** Moves the task to another queue for its next runs. */
    public TaskRetry queue(String queue) {
        this.queue = Checks.queue(queue);
        return this;
    }

    /** Changes the priority of the task for its next runs, 0 (lowest) to 9 (highest). */
    public TaskRetry priority(int priority) {
        this.priority = Checks.priority(priority);
        return this;
    }

    /** Returns the queue that was asked for, or null. */
    public String queue() {
        return queue;
    }

    /** Returns the priority that was asked for, or null. */
    public Integer priority() {
        return priority;
    }

    /** Returns the wait that was asked for, or null. */
    public Duration countdown() {
        return countdown;
    }

    /** Returns the instant that was asked for, or null. */
    public Instant eta() {
        return eta;
    }

    /** Returns the limit that was asked for, if any. */
    public OptionalInt maxRetries() {
        return maxRetries == null ? OptionalInt.empty() : OptionalInt.of(maxRetries);
    }

    /** Returns the changed argument; see {@link #argumentChanged()}. */
    public Object argument() {
        return argument;
    }

    /** Returns whether {@link #argument(Object)} was called. */
    public boolean argumentChanged() {
        return argumentChanged;
    }
}
