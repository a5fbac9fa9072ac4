package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Requests for a search of the table. Any thread makes one without waiting; the thread of the sweep takes them. Thread-safe.
 */
@ApplicationScoped
public class SweepTrigger {
    @Inject
    @EngineClock
    Clock clock;

    /**
     * A monitor of its own instead of synchronized methods: CDI's proxies are locked by such methods as well, and the thread
     * that waits in {@link #take} releases only one of the two locks.
     */
    private final Object requests = new Object();

    private boolean forced;
    private boolean now;
    private long later = Long.MAX_VALUE;

    /**
     * The requests since the last time.
     *
     * @param forced whether to search at once in any case
     * @param now whether to search at once, if there is room and no batch runner searches
     * @param later the earliest time after now at which to search, in milliseconds; {@link Long#MAX_VALUE} for none
     */
    public record Request(boolean forced, boolean now, long later) {}

    /** Requests a search at once, even if there is no room or batch runners search. */
    public void force() {
        synchronized (requests) {
            forced = true;
            requests.notifyAll();
        }
    }

    /** Requests a search at a time, in milliseconds, because a record is due then. A time that has come requests it at once. */
    public void request(long at) {
        boolean isDue = at <= clock.millis();
        synchronized (requests) {
            now |= isDue;
            later = isDue ? later : Math.min(later, at);
            requests.notifyAll();
        }
    }

    /** Waits for a request, and takes all requests. */
    public Request take() throws InterruptedException {
        synchronized (requests) {
            while (!forced && !now && later == Long.MAX_VALUE) {
                requests.wait();
            }
            Request request = new Request(forced, now, later);
            forced = false;
            now = false;
            later = Long.MAX_VALUE;
            return request;
        }
    }
}
