package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The times at which the loops that keep this node at work last did their part. They are times that pass, not times of the
 * clock. Thread-safe.
 */
@ApplicationScoped
public class NodeActivity {
    /**
     * The longest normal time between two rounds. Both loops take seconds; on a busy machine, and with a slow database,
     * longer.
     */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    LongSupplier nanoTime = System::nanoTime;

    private volatile Long beatAt;
    private volatile Long lookedAt;

    /** Notes that the heartbeat has finished a round. */
    public void beat() {
        beatAt = nanoTime.getAsLong();
    }

    /** Notes that the sweep has looked for due tasks, or knows that the database is away. */
    public void looked() {
        lookedAt = nanoTime.getAsLong();
    }

    /** Returns whether the heartbeat continues; true before it begins. */
    public boolean beats() {
        return isRecent(beatAt);
    }

    /** Returns whether the sweep continues and finds the database usable; true before it begins. */
    public boolean looks() {
        return isRecent(lookedAt);
    }

    private boolean isRecent(Long at) {
        return at == null || nanoTime.getAsLong() - at < PATIENCE.toNanos();
    }
}
