package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When the loops that keep this node at work have last done their part. By the time that passes, not the clock. Thread-safe. */
@ApplicationScoped
public class NodeActivity {
    /** Both loops come round within seconds; on a busy machine, and with a slow database, later. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    LongSupplier nanoTime = System::nanoTime;

    private volatile Long beatAt;
    private volatile Long lookedAt;

    /** The heartbeat has come to its end. */
    public void beat() {
        beatAt = nanoTime.getAsLong();
    }

    /** The sweep has looked for due tasks, or knows that the database is away. */
    public void looked() {
        lookedAt = nanoTime.getAsLong();
    }

    /** Returns whether the heartbeat goes on; true before it begins. */
    public boolean beats() {
        return isRecent(beatAt);
    }

    /** Returns whether the sweep goes on and finds the database usable; true before it begins. */
    public boolean looks() {
        return isRecent(lookedAt);
    }

    private boolean isRecent(Long at) {
        return at == null || nanoTime.getAsLong() - at < PATIENCE.toNanos();
    }
}
