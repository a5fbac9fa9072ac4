package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages of this node that are under way: as many as it will run in the next second, no more. The database is the
 * backlog; what waits there keeps its priority and can be revoked, paused and counted. Thread-safe.
 */
@ApplicationScoped
public class InFlight {
    /** Enough for each MDB to have the next one at hand, and for a sweep to be worth its transaction. */
    static final int LEAST = 32;

    static final int MOST = 1_000;

    private final Map<String, Long> leases = new ConcurrentHashMap<>();
    private final AtomicInteger doneThisSecond = new AtomicInteger();
    private volatile int limit = LEAST;
    private volatile boolean wanted;
    private volatile boolean closed;

    @Inject
    SweepBell bell;

    @Inject
    @EngineClock
    Clock clock;

    /** Takes a place for a message. @return false if there is none: the record waits in the table */
    public boolean reserve(String id, long leaseEnd) {
        if (closed || leases.size() >= limit) {
            wanted = true;
            return false;
        }
        leases.put(id, leaseEnd);
        return true;
    }

    /** How many messages there is room for. What the broker has lost or let expire no longer counts. */
    public int room() {
        long now = clock.millis();
        leases.values().removeIf(leaseEnd -> leaseEnd <= now);
        return closed ? 0 : Math.max(0, limit - leases.size());
    }

    /** The queue takes no message: nothing gets a place, and what is sent or due waits in the table, until it does again. */
    void close() {
        closed = true;
    }

    void open() {
        closed = false;
        bell.ring(clock.millis());
    }

    /** There is more to send than there was room for: ring when half of the places are free. */
    public void want() {
        wanted = true;
    }

    /** A message was never sent. Rings no bell: a rollback is no moment to sweep; {@link #eachSecond} will. */
    public void release(String id) {
        leases.remove(id);
    }

    /** A message is used up. */
    public void done(String id) {
        boolean ours = leases.remove(id) != null;
        doneThisSecond.incrementAndGet();
        if (ours && wanted && leases.size() <= limit / 2) {
            wanted = false;
            bell.ring(clock.millis());
        }
    }

    /** To be called once a second: the limit follows how many tasks this node runs in one. */
    public void eachSecond() {
        limit = Math.max(LEAST, Math.min(MOST, doneThisSecond.getAndSet(0)));
        if (wanted && leases.size() <= limit / 2) {
            wanted = false;
            bell.ring(clock.millis());
        }
    }

    /** The clock was set back: what was lost on the way must not hold its place until it is right again. */
    public void clockSetBack(long latest) {
        leases.replaceAll((id, leaseEnd) -> Math.min(leaseEnd, latest));
    }

    boolean contains(String id) {
        return leases.containsKey(id);
    }
}
