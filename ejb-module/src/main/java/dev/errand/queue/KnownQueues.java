package dev.errand.queue;

import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The queues that this node knows, and which of them it believes to be paused. The claim decides on that; the belief only saves
 * a message that would come to nothing. Thread-safe.
 */
@ApplicationScoped
public class KnownQueues {
    private final Map<String, Boolean> paused = new ConcurrentHashMap<>();

    @Inject
    QueueRecords records;

    /** Adds a queue that this node does not know, so that it is listed and can be paused. */
    public void register(String queue) {
        if (paused.containsKey(queue)) {
            return;
        }
        if (records.add(queue)) {
            paused.put(queue, false);
        } else {
            refresh();
        }
    }

    public boolean isPaused(String queue) {
        return paused.getOrDefault(queue, false);
    }

    /** Reads the table: queues that another node has paused, and those whose rows are gone, which the next send adds again. */
    public void refresh() {
        Map<String, Boolean> all =
                records.all().stream().collect(Collectors.toMap(QueueRecord::name, QueueRecord::paused));
        paused.keySet().retainAll(all.keySet());
        paused.putAll(all);
    }
}
