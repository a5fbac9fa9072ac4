package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * Thrown by a handler to ask for one more run; made by {@link TaskContext#retry}. Celery's rules: the countdown beats the
 * eta, either beats the default wait (the handler's {@link RetryPolicy}, else three minutes); past the last retry the task
 * ends in FAILURE with the <em>cause</em> as its error. Not thread-safe; throw it where it is made.
 */
public final class TaskRetry extends ErrandException {
    private static final long serialVersionUID = 1L;

    private Duration countdown;
    private Instant eta;
    private Integer maxRetries;
    private transient Object argument;
    private boolean argumentChanged;

    /** For implementations of {@link TaskContext}; a handler calls {@code task.retry(cause)}. */
    public TaskRetry(String message, Throwable cause) {
        super(message, cause);
    }

    /** The wait before the next run, 0 or more. */
    public TaskRetry countdown(Duration countdown) {
        this.countdown = Checks.countdown(countdown);
        return this;
    }

    /** When the next run is due; in the past: at once. */
    public TaskRetry eta(Instant eta) {
        this.eta = Checks.instant("eta", eta);
        return this;
    }

    /** How many retries there may be in all, this one included; -1: no limit. Default: the task's own limit, else 3. */
    public TaskRetry maxRetries(int maxRetries) {
        this.maxRetries = Checks.maxRetries(maxRetries);
        return this;
    }

    /** The argument of the next run, in place of this one's; null is a value. */
    public TaskRetry argument(Object argument) {
        this.argument = argument;
        this.argumentChanged = true;
        return this;
    }

    /** The wait asked for, or null. */
    public Duration countdown() {
        return countdown;
    }

    /** The instant asked for, or null. */
    public Instant eta() {
        return eta;
    }

    /** The limit asked for, if one was. */
    public OptionalInt maxRetries() {
        return maxRetries == null ? OptionalInt.empty() : OptionalInt.of(maxRetries);
    }

    /** The changed argument; see {@link #argumentChanged()}. */
    public Object argument() {
        return argument;
    }

    /** Whether {@link #argument(Object)} was called. */
    public boolean argumentChanged() {
        return argumentChanged;
    }
}
