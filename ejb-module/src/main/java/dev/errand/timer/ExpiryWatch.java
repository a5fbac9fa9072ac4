package dev.errand.timer;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers when the next waiting task expires, so that the sweep, which runs far more often, does not ask the database
 * each time. Thread-safe.
 */
@ApplicationScoped
public class ExpiryWatch {
    private static final int CHUNK = 500;

    @Inject
    ExpiredTasks expired;

    @Inject
    @EngineClock
    Clock clock;

    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    /** Notes that a task was sent or changed that may expire at the given time. */
    void hint(long at) {
        next.accumulateAndGet(at, Math::min);
    }

    /**
     * Revokes expired tasks, unless it is known that there are none.
     *
     * @param latest the latest time of the next call: another node may have sent a task that expires earlier
     * @return the time of the next call
     */
    long look(long latest) {
        long now = clock.millis();
        long known = next.get();
        // the known time is later than the latest one only if the clock was set back
        if (now < known && known <= latest) {
            return known;
        }
        next.set(latest);
        try {
            revoke(now).ifPresent(this::hint);
        } catch (RuntimeException e) {
            next.set(Long.MIN_VALUE);
            throw e;
        }
        return next.get();
    }

    /**
     * Revokes expired tasks.
     *
     * @return the time of the next expiry
     */
    private OptionalLong revoke(long now) {
        OptionalLong first = expired.firstAfter(Long.MIN_VALUE);
        if (first.isEmpty() || first.getAsLong() > now) {
            return first;
        }
        int revoked;
        do {
            revoked = expired.revoke(CHUNK);
        } while (revoked >= CHUNK);
        return expired.firstAfter(now);
    }
}
