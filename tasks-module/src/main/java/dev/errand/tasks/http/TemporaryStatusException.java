package dev.errand.tasks.http;

import java.time.Duration;
import java.util.Optional;

/** An answer that the other side cannot serve the call now: 408, 425, 429 or 5xx. */
public class TemporaryStatusException extends TransientHttpException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    /**
     * Creates the exception.
     *
     * @param retryAfter the wait that the answer asks for; may be null
     */
    public TemporaryStatusException(String message, int status, Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** Returns the wait that the answer asks for, if it does. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public Integer status() {
        return status;
    }
}
