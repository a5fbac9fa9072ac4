package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The messages of this node that are under way: as many as the node runs in the next half second, and no more. The database
 * holds the backlog; the tasks that wait there keep their priority and can be revoked, paused and counted. Thread-safe.
 */
@ApplicationScoped
public class InFlight {
    /** The smallest limit: enough for a sweep to be worth its transaction. */
    static final int LEAST = 32;

    static final int MOST = 1_000;

    /** The smallest number of messages for each task that runs at once: it, and the next one at hand. */
    private static final int PER_RUN = 2;

    /**
     * The number of times per second that the node uses up the messages under way. They are ahead of tasks sent meanwhile to
     * other queues, so they must finish soon.
     */
    private static final int LIMITS_PER_SECOND = 2;

    private final Map<String, Long> leases = new ConcurrentHashMap<>();
    private final AtomicInteger doneThisSecond = new AtomicInteger();
    private volatile int limit = LEAST;
    private volatile boolean sweepNeeded;
    private volatile boolean backlog;
    private volatile boolean closed;

    @Inject
    SweepTrigger sweep;

    @Inject
    QueuePlaces places = QueuePlaces.OPEN;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Takes a place for a task that is being sent.
     *
     * @param most the number of taken places at which the task gets no further place
     * @return false if there is no place, or if other tasks have waited for longer: the record waits in the table
     */
    public boolean reserve(String id, int most, long leaseEnd) {
        if (closed || backlog || leases.size() >= Math.min(most, limit)) {
            backlog(true);
            return false;
        }
        leases.put(id, leaseEnd);
        return true;
    }

    /** Takes a place for a due record, one of the places that {@link #room} has returned. */
    public void put(String id, long leaseEnd) {
        leases.put(id, leaseEnd);
    }

    /**
     * Notes that a record is due and that there is no room. The message that makes room then requests a sweep.
     *
     * @return false if there is room by now
     */
    public boolean waitsForRoom() {
        backlog(true);
        return room() == 0;
    }

    /** Sets whether due records wait in the table. As long as they do, tasks that are sent wait behind them. */
    public void backlog(boolean waits) {
        backlog = waits;
        sweepNeeded |= waits;
    }

    /**
     * Returns the number of messages for which there is room. Messages that the broker has lost or let expire no longer
     * count.
     */
    public int room() {
        long now = clock.millis();
        leases.values().removeIf(leaseEnd -> leaseEnd <= now);
        return closed ? 0 : Math.max(0, limit - leases.size());
    }

    /**
     * Notes that the JMS queue takes no message. Until it does again, no task gets a place; tasks that are sent or due wait
     * in the table.
     */
    void close() {
        closed = true;
    }

    void open() {
        closed = false;
        sweep.request(clock.millis());
    }

    /**
     * Frees the place of a message that was never sent. It requests no sweep, because that would be during a rollback;
     * {@link #eachSecond} does.
     */
    public void release(String id) {
        leases.remove(id);
        places.free(id);
    }

    /** Notes that a message is used up. */
    public void done(String id) {
        boolean ours = leases.remove(id) != null;
        places.free(id);
        doneThisSecond.incrementAndGet();
        if (ours && sweepNeeded && leases.size() <= limit / 2) {
            sweepNeeded = false;
            sweep.request(clock.millis());
        }
    }

    /**
     * Adapts the limit to the number of tasks that this node runs. To be called once per second.
     *
     * @param concurrency the number of tasks that this node runs at once
     */
    public void eachSecond(int concurrency) {
        int used = Math.min(MOST, doneThisSecond.getAndSet(0) / LIMITS_PER_SECOND);
        limit = Math.max(Math.max(LEAST, PER_RUN * concurrency), used);
        if (sweepNeeded && leases.size() <= limit / 2) {
            sweepNeeded = false;
            sweep.request(clock.millis());
        }
    }

    /**
     * Shortens the leases after the clock was set back, so that lost messages do not hold their places until the clock
     * catches up.
     */
    public void clockSetBack(long latest) {
        leases.replaceAll((id, leaseEnd) -> Math.min(leaseEnd, latest));
    }

    /** Returns the number of messages under way. */
    public int size() {
        return leases.size();
    }

    /** Returns whether a task has a place. */
    public boolean contains(String id) {
        return leases.containsKey(id);
    }
}
