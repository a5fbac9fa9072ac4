package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time at which a schedule may fire next, as far as this node knows, in milliseconds. It saves the sweep, which runs far
 * more often, the question to the database. Thread-safe.
 */
@ApplicationScoped
public class FiringHint {
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    /** Notes that a schedule was written that fires at the given time. */
    public void at(long millis) {
        next.accumulateAndGet(millis, Math::min);
    }

    /** Replaces the time. */
    public void set(long millis) {
        next.set(millis);
    }

    public long get() {
        return next.get();
    }
}
