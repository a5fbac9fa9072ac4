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

/**
 * The batch runners of this node. Each of the few runners runs the short tasks that wait in the table, many at a time.
 * Thread-safe.
 */
@ApplicationScoped
public class BatchRunners {
    /**
     * A batch runner that has not begun after this time is presumed lost, or its message went to another node; a second one
     * does no harm.
     */
    static final long START_MILLIS = 5_000;

    /**
     * The same for a batch runner at work. Its transactions take a fiftieth of this time, and longer only on a slow database.
     */
    static final long PATIENCE_MILLIS = 1_000;

    /** The largest number of batch runners in a row without a task to run that is normal at the end of a backlog. */
    private static final int IDLE_AT_AN_END = 3;

    /** The pause of the sweep after more idle runners than that: the sweep and the runners must not keep each other busy. */
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
    QueuePlaces places;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Starts batch runners until {@code wanted} of them are under way, or as many as the places of this node allow.
     *
     * @param priority the priority of the first task that waits
     */
    public void start(int wanted, int priority) {
        long now = clock.millis();
        for (int missing = Math.min(wanted, places.forBatches()) - count(); missing > 0; missing--) {
            BatchMessage message = new BatchMessage(
                    last.incrementAndGet(), priority, now + config.lease().toMillis());
            lostAt.put(message.number(), now + START_MILLIS);
            outbox.add(List.of(message), null);
        }
    }

    /** Returns whether a batch runner already looks into the table. */
    public boolean underWay() {
        return !lostAt.isEmpty() && count() > 0;
    }

    int count() {
        long now = clock.millis();
        // a later time is possible only if the clock was set back
        lostAt.values().removeIf(at -> at <= now || at > now + START_MILLIS);
        return lostAt.size();
    }

    /** Notes that a batch runner is at work. To be called before each of its transactions. */
    public void atWork(BatchMessage message) {
        lostAt.put(message.number(), clock.millis() + PATIENCE_MILLIS);
    }

    /**
     * Notes that a batch runner has found no more tasks, or has had its turn. The sweep checks whether there are more.
     *
     * @param worked whether it has run a task
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

    /**
     * Notes that a batch runner has failed. The next sweep comes at its usual time, so that the failure does not repeat at
     * once.
     */
    public void failed(BatchMessage message) {
        forget(message);
        guard.idle();
    }

    /** Forgets a batch runner whose message was never sent. */
    void forget(BatchMessage message) {
        lostAt.remove(message.number());
    }
}
