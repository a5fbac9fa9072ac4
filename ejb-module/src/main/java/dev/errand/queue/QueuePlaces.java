package dev.errand.queue;

import dev.errand.api.QueueSettings;
import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of this node by queue: tasks of a queue with a concurrency take no more places than that, and other queues leave
 * the reserved places free. A task takes its place when it is leased, because the messages under way are what the node runs
 * next; the start counts again, because a shared broker may bring messages of other nodes. While no queue has settings, only
 * the runs are counted. Thread-safe.
 */
@ApplicationScoped
public class QueuePlaces {
    /** Places without limits, for an engine without settings. */
    static final QueuePlaces OPEN = new QueuePlaces();

    @Inject
    Switches switches = Switches.OFF;

    @Inject
    Concurrency concurrency;

    @Inject
    InFlight inFlight;

    @Inject
    BatchRunners batches;

    @Inject
    SweepTrigger sweep;

    @Inject
    @EngineClock
    Clock clock;

    private final Map<String, Place> taken = new HashMap<>();
    private final Map<String, Integer> leased = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private long checkedAt;

    private record Place(String queue, long leaseEnd) {}

    private static void add(Map<String, Integer> counts, String queue, int more) {
        counts.merge(queue, more, (one, other) -> one + other == 0 ? null : one + other);
    }

    /** Returns whether tasks of the queue must run alone, because places count for it. */
    public boolean isLimited(String queue) {
        QueueSettings settings = switches.recent().queue(queue);
        return settings.concurrency() != null || settings.reserved() != null;
    }

    /** Returns the number of tasks of the queue that this node may lease now. */
    public int room(String queue) {
        Map<String, QueueSettings> all = switches.recent().queues();
        return all.isEmpty() ? Integer.MAX_VALUE : room(queue, all);
    }

    private synchronized int room(String queue, Map<String, QueueSettings> all) {
        forgetLost();
        Integer most = all.getOrDefault(queue, QueueSettings.none()).concurrency();
        int room = most == null ? Integer.MAX_VALUE : most - used(queue);
        return all.values().stream().anyMatch(settings -> settings.reserved() != null)
                ? Math.min(room, unreserved(queue, all) - batches.count())
                : room;
    }

    private int used(String queue) {
        return Math.max(leased.getOrDefault(queue, 0), running.getOrDefault(queue, 0));
    }

    /** Returns the free places, without those that are reserved for other queues than this one. */
    private int unreserved(String queue, Map<String, QueueSettings> all) {
        int unmet = all.entrySet().stream()
                .filter(entry ->
                        !entry.getKey().equals(queue) && entry.getValue().reserved() != null)
                .mapToInt(entry -> Math.max(0, entry.getValue().reserved() - used(entry.getKey())))
                .sum();
        int limit = concurrency.limit();
        return limit - inFlight.size() - Math.min(unmet, limit - 1);
    }

    /** Returns the largest number of batch runners, which run tasks of queues without places of their own. */
    int forBatches() {
        Map<String, QueueSettings> all = switches.recent().queues();
        if (all.values().stream().noneMatch(settings -> settings.reserved() != null)) {
            return concurrency.limit();
        }
        synchronized (this) {
            forgetLost();
            return Math.max(0, unreserved(null, all));
        }
    }

    /**
     * Takes a place for a task that this node is about to lease.
     *
     * @return false if there is none; the task then waits in the table
     */
    public boolean take(String id, String queue, long leaseEnd) {
        Map<String, QueueSettings> all = switches.recent().queues();
        if (all.isEmpty()) {
            return true;
        }
        synchronized (this) {
            if (room(queue, all) <= 0) {
                return false;
            }
            put(id, new Place(queue, leaseEnd));
            return true;
        }
    }

    private void put(String id, Place place) {
        Place before = taken.put(id, place);
        if (before != null) {
            add(leased, before.queue(), -1);
        }
        add(leased, place.queue(), 1);
    }

    /** Frees the place of a task whose message is used up, or was never sent. */
    void free(String id) {
        synchronized (this) {
            Place place = taken.remove(id);
            if (place == null) {
                return;
            }
            add(leased, place.queue(), -1);
        }
        sweep.request(clock.millis());
    }

    /** Forgets messages that were lost, at most once a second. */
    private void forgetLost() {
        long now = clock.millis();
        if (Math.abs(now - checkedAt) < 1_000) {
            return;
        }
        checkedAt = now;
        taken.entrySet().removeIf(entry -> {
            boolean lost = entry.getValue().leaseEnd() <= now && !inFlight.contains(entry.getKey());
            if (lost) {
                add(leased, entry.getValue().queue(), -1);
            }
            return lost;
        });
    }

    /**
     * Counts a run that is about to start.
     *
     * @return false if as many tasks of the queue run as may; otherwise {@link #leave} must be called
     */
    public synchronized boolean enter(String queue) {
        Integer most = switches.recent().queue(queue).concurrency();
        if (most != null && running.getOrDefault(queue, 0) >= most) {
            return false;
        }
        add(running, queue, 1);
        return true;
    }

    /** Counts the end of a run. A run that is stuck counts as ended, until it does end. */
    public synchronized void leave(String queue) {
        add(running, queue, -1);
    }

    /** Counts a run that was counted as ended. */
    public synchronized void enterAgain(String queue) {
        add(running, queue, 1);
    }
}
