package dev.errand.queue;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bundles of this node that are under way: few, so that tasks which come meanwhile share the next one. Thread-safe. */
@ApplicationScoped
public class Slots {
    /**
     * A bundle takes a fiftieth of that. One that was lost, or is held up by a task that was never so slow before, must not
     * hold up those behind it.
     */
    static final long PATIENCE_MILLIS = 1_000;

    private final Map<String, Long> taken = new ConcurrentHashMap<>();

    /** The publisher waits for a slot. */
    private volatile boolean wanted;

    @Inject
    Outbox outbox;

    @Inject
    @EngineClock
    Clock clock;

    void take(Bundle bundle) {
        taken.put(key(bundle), clock.millis());
    }

    /** A bundle is used up, or was never sent. */
    public void free(Bundle bundle) {
        if (taken.remove(key(bundle)) != null && wanted) {
            wanted = false;
            outbox.nudge();
        }
    }

    int busy() {
        long now = clock.millis();
        taken.values().removeIf(since -> Math.abs(now - since) > PATIENCE_MILLIS);
        return taken.size();
    }

    /** Somebody waits for the next one to become free. */
    void want() {
        wanted = true;
    }

    private static String key(Bundle bundle) {
        return bundle.tasks().get(0).id();
    }
}
