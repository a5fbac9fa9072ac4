package dev.errand.queue;

import dev.errand.config.EngineClock;
import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The queues that this node knows, and for each whether the node believes it to be paused. The claim of a task decides; the
 * belief only saves a message that would have no effect. Thread-safe.
 */
@ApplicationScoped
public class KnownQueues {
    /** The accuracy of the time in the table at which a queue was last used. */
    public static final Duration ACCURACY = Duration.ofHours(1);

    /** The number of queues per transaction. */
    private static final int CHUNK = 500;

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    @Inject
    QueueRecords records;

    @Inject
    @EngineClock
    Clock clock;

    private record Known(boolean paused, long usedAt) {}

    /**
     * Notes that a task is sent to a queue. Adds a queue that this node does not know, so that it is listed and can be
     * paused.
     */
    public void register(String queue) {
        if (!used.contains(queue)) {
            used.add(queue);
        }
        if (known.containsKey(queue)) {
            return;
        }
        long now = clock.millis();
        if (records.add(queue, now)) {
            known.put(queue, new Known(false, now));
        } else {
            refresh();
        }
    }

    public boolean isPaused(String queue) {
        Known found = known.get(queue);
        return found != null && found.paused();
    }

    /**
     * Reads the table. It shows queues that another node has paused, and queues whose rows are gone, which the next send adds
     * again.
     */
    public void refresh() {
        Map<String, Known> all = records.all().stream()
                .collect(Collectors.toMap(QueueRecord::name, row -> new Known(row.paused(), row.usedAt())));
        known.keySet().retainAll(all.keySet());
        known.putAll(all);
    }

    /** Saves in the table which queues were used since the last call, each queue at most once per {@link #ACCURACY}. */
    public void saveUse() {
        long now = clock.millis();
        List<String> names = new ArrayList<>();
        for (String queue : used) {
            used.remove(queue);
            Known found = known.get(queue);
            if (found != null && Math.abs(now - found.usedAt()) >= ACCURACY.toMillis()) {
                names.add(queue);
            }
        }
        for (int from = 0; from < names.size(); from += CHUNK) {
            records.used(names.subList(from, Math.min(names.size(), from + CHUNK)), now);
        }
    }
}
