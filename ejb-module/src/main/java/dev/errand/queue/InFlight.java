package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages of this node that are under way: as many as it will run in the next half a second, no more. The database is the
 * backlog; what waits there keeps its priority and can be revoked, paused and counted. Thread-safe.
 */
@ApplicationScoped
public class InFlight {
    /** Enough for each MDB to have the next one at hand, and for a sweep to be worth its transaction. */
    static final int LEAST = 32;

    static final int MOST = 1_000;

    /** What is under way is ahead of what is sent meanwhile to other queues, so it must soon be over. */
    private static final int LIMITS_A_SECOND = 2;

    private final Map<String, Long> leases = new ConcurrentHashMap<>();
    private final AtomicInteger doneThisSecond = new AtomicInteger();
    private volatile int limit = LEAST;
    private volatile boolean wanted;
    private volatile boolean backlog;
    private volatile boolean closed;

    @Inject
    SweepTrigger sweep;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Takes a place for a task that is being sent.
     *
     * @param most places that are taken, for the task to take another
     * @return false if there is none, or others have waited for longer: the record waits in the table
     */
    public boolean reserve(String id, int most, long leaseEnd) {
        if (closed || backlog || leases.size() >= Math.min(most, limit)) {
            backlog(true);
            return false;
        }
        leases.put(id, leaseEnd);
        return true;
    }

    /** Takes a place for a due record, of those that {@link #room} has told of. */
    public void put(String id, long leaseEnd) {
        leases.put(id, leaseEnd);
    }

    /**
     * Notes that something is due and that there is no room: the message that makes room requests a sweep.
     *
     * @return false if there is room by now
     */
    public boolean waitsForRoom() {
        backlog(true);
        return room() == 0;
    }

    /** Whether records wait in the table that are due. As long as they do, what is sent waits behind them. */
    public void backlog(boolean waits) {
        backlog = waits;
        wanted |= waits;
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
        sweep.request(clock.millis());
    }

    /** Frees the place of a message that was never sent. Requests no sweep in the middle of a rollback; {@link #eachSecond} does. */
    public void release(String id) {
        leases.remove(id);
    }

    /** A message is used up. */
    public void done(String id) {
        boolean ours = leases.remove(id) != null;
        doneThisSecond.incrementAndGet();
        if (ours && wanted && leases.size() <= limit / 2) {
            wanted = false;
            sweep.request(clock.millis());
        }
    }

    /** To be called once a second: the limit follows how many tasks this node runs. */
    public void eachSecond() {
        limit = Math.max(LEAST, Math.min(MOST, doneThisSecond.getAndSet(0) / LIMITS_A_SECOND));
        if (wanted && leases.size() <= limit / 2) {
            wanted = false;
            sweep.request(clock.millis());
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
