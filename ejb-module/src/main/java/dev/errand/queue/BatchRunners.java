package dev.errand.queue;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The batch runners of this node: few, each of which runs the short tasks that wait in the table, many at a time. Thread-safe. */
@ApplicationScoped
public class BatchRunners {
    /** One that has not begun by then may be lost, or another node's broker has given it to that. A second one does no harm. */
    static final long START_MILLIS = 5_000;

    /** The same for one at work: its transactions take a fiftieth of that, and longer only on a slow database. */
    static final long PATIENCE_MILLIS = 1_000;

    /** So many batch runners in a row that run nothing are the normal end of a backlog. */
    private static final int IDLE_AT_AN_END = 3;

    /** After more than that, the sweep waits so long before it looks again: the two must not keep each other busy. */
    static final long IDLE_PAUSE_MILLIS = 1_000;

    private final Map<Long, Long> lostAt = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Inject
    Outbox outbox;

    @Inject
    SweepTrigger sweep;

    @Inject
    BatchGuard guard;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Sees to it that so many are under way.
     *
     * @param priority of the first task that waits
     */
    public void start(int wanted, int priority) {
        long now = clock.millis();
        for (int missing = wanted - count(); missing > 0; missing--) {
            BatchMessage message = new BatchMessage(
                    last.incrementAndGet(), priority, now + config.lease().toMillis());
            lostAt.put(message.number(), now + START_MILLIS);
            outbox.add(List.of(message), null);
        }
    }

    /** Whether somebody looks into the table already. */
    public boolean underWay() {
        return !lostAt.isEmpty() && count() > 0;
    }

    private int count() {
        long now = clock.millis();
        // later than that it is only if the clock was set back
        lostAt.values().removeIf(at -> at <= now || at > now + START_MILLIS);
        return lostAt.size();
    }

    /** To be called before each transaction. */
    public void atWork(BatchMessage message) {
        lostAt.put(message.number(), clock.millis() + PATIENCE_MILLIS);
    }

    /**
     * A batch runner has found no more, or has had its turn: the sweep looks whether there is more.
     *
     * @param worked whether it has run anything
     */
    public void ended(BatchMessage message, boolean worked) {
        forget(message);
        if (worked) {
            guard.worked();
            sweep.request(clock.millis());
        } else {
            sweep.request(clock.millis() + (guard.idle() > IDLE_AT_AN_END ? IDLE_PAUSE_MILLIS : 0));
        }
    }

    /** A batch runner has failed. The sweep looks when it would anyway, so that what fails does not fail at once again. */
    public void failed(BatchMessage message) {
        forget(message);
        guard.idle();
    }

    /** A batch runner was never sent. */
    void forget(BatchMessage message) {
        lostAt.remove(message.number());
    }
}
