package dev.errand.queue;

import dev.errand.api.QueueFullException;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The number of unfinished tasks of each queue with a maxPending, as this node knows it: it counts once a second, and less often
 * if counting takes long, and adds what it has sent since. Thread-safe.
 */
@ApplicationScoped
public class FullQueues {
    private static final Duration KEEP = Duration.ofSeconds(1);

    /** The shortest time between two counts of a full queue. */
    private static final Duration FULL_KEEP = Duration.ofMillis(100);

    /** The divisor for the time spent on counts: they take no more than this part of it. */
    private static final int SHARE = 20;

    @Inject
    Switches switches = Switches.OFF;

    @Inject
    QueueRecords records;

    private final Map<String, Estimate> estimates = new ConcurrentHashMap<>();

    private static final class Estimate {
        private long tasks;
        private long countedAt;
        private long nanos;
        private boolean counted;
    }

    /**
     * Counts tasks that are about to be sent.
     *
     * @throws QueueFullException if the queue has no room for them; none of them is counted
     */
    public void admit(String queue, int tasks) {
        Long most = switches.recent().queue(queue).maxPending();
        if (most == null) {
            return;
        }
        Estimate estimate = estimates.computeIfAbsent(queue, name -> new Estimate());
        synchronized (estimate) {
            count(queue, estimate, most, KEEP);
            if (estimate.tasks + tasks > most) {
                count(queue, estimate, most, FULL_KEEP);
            }
            if (estimate.tasks + tasks > most) {
                throw new QueueFullException("The queue \"" + queue + "\" has " + estimate.tasks
                        + " unfinished tasks, and its maxPending is " + most + ": there is no room for " + tasks
                        + " more. Send again later; or run the queue on more nodes, or raise its maxPending. Nothing was"
                        + " sent.");
            }
            estimate.tasks += tasks;
        }
    }

    /** Returns whether the queue has no room for one more task. */
    public boolean isFull(String queue) {
        Long most = switches.recent().queue(queue).maxPending();
        if (most == null) {
            return false;
        }
        Estimate estimate = estimates.computeIfAbsent(queue, name -> new Estimate());
        synchronized (estimate) {
            count(queue, estimate, most, KEEP);
            return estimate.tasks >= most;
        }
    }

    private void count(String queue, Estimate estimate, long most, Duration keep) {
        long start = System.nanoTime();
        if (estimate.counted && start - estimate.countedAt < Math.max(keep.toNanos(), SHARE * estimate.nanos)) {
            return;
        }
        estimate.tasks = records.pending(queue, most);
        estimate.counted = true;
        estimate.countedAt = start;
        estimate.nanos = System.nanoTime() - start;
    }
}
