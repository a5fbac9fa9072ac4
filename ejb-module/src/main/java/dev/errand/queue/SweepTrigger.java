package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Requests for a look at the table. Any thread makes one without waiting; the thread of the sweep takes them. Thread-safe.
 */
@ApplicationScoped
public class SweepTrigger {
    @Inject
    @EngineClock
    Clock clock;

    private boolean now;
    private long later = Long.MAX_VALUE;

    /**
     * The requests since the last time.
     *
     * @param now whether a look is wanted at once
     * @param later the earliest time after now at which a look is wanted, in milliseconds; {@link Long#MAX_VALUE} for none
     */
    public record Request(boolean now, long later) {}

    /** Requests a look at a time, in milliseconds, because a record is due then. A time that has come requests it at once. */
    public void request(long at) {
        boolean isDue = at <= clock.millis();
        synchronized (this) {
            now |= isDue;
            later = isDue ? later : Math.min(later, at);
            notifyAll();
        }
    }

    /** Waits for a request, and takes all requests. */
    public synchronized Request take() throws InterruptedException {
        while (!now && later == Long.MAX_VALUE) {
            wait();
        }
        Request request = new Request(now, later);
        now = false;
        later = Long.MAX_VALUE;
        return request;
    }
}
