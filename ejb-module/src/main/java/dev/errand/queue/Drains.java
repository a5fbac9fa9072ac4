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

/** The drains of this node: few, each of which runs the short tasks that wait in the table, many at a time. Thread-safe. */
@ApplicationScoped
public class Drains {
    /** One that has not begun by then may be lost, or another node's broker has given it to that. A second one does no harm. */
    static final long START_MILLIS = 5_000;

    /** The same for one at work: a transaction of it takes a fiftieth of that. */
    static final long PATIENCE_MILLIS = 1_000;

    private final Map<Long, Long> lostAt = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    @Inject
    Outbox outbox;

    @Inject
    SweepBell bell;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Sees to it that so many are under way. @param priority of the first task that waits */
    public void start(int wanted, int priority) {
        long now = clock.millis();
        for (int missing = wanted - count(); missing > 0; missing--) {
            DrainMessage drain = new DrainMessage(
                    last.incrementAndGet(), priority, now + config.lease().toMillis());
            lostAt.put(drain.number(), now + START_MILLIS);
            outbox.add(List.of(drain), null);
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
    public void atWork(DrainMessage drain) {
        lostAt.put(drain.number(), clock.millis() + PATIENCE_MILLIS);
    }

    /** It has found no more, or has had its turn: the sweep looks whether there is. */
    public void ended(DrainMessage drain) {
        forget(drain);
        bell.ring(clock.millis());
    }

    /** It was never sent, or has failed: the sweep looks when it would anyway, so that what fails does not fail at once again. */
    public void forget(DrainMessage drain) {
        lostAt.remove(drain.number());
    }
}
