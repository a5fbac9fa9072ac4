package dev.errand.timer;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows when the next task expires that waits, so that the sweep, which looks far more often, need not ask the database each
 * time. Thread-safe.
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

    /** A task was sent or changed that may expire at that time. */
    void hint(long at) {
        next.accumulateAndGet(at, Math::min);
    }

    /**
     * Revokes what has expired, unless it is known that nothing has.
     *
     * @param latest when to ask again at the latest: another node may have sent a task that expires before
     * @return when to call again
     */
    long look(long latest) {
        long now = clock.millis();
        long known = next.get();
        // further ahead than the latest it is only if the clock was set back
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

    /** @return when the next one expires */
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
