package dev.errand.send;

import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The queues this node knows of, and which of them it believes are paused; for that the claim is what counts, this only
 * spares a message that would come to nothing. Thread-safe.
 */
@ApplicationScoped
public class KnownQueues {
    private final Map<String, Boolean> paused = new ConcurrentHashMap<>();

    @Inject
    QueueRecords records;

    /** A queue that nobody has used before is added. */
    public boolean paused(String queue) {
        Boolean known = paused.get(queue);
        if (known != null) {
            return known;
        }
        if (!records.add(queue)) {
            refresh();
        }
        return Boolean.TRUE.equals(paused.putIfAbsent(queue, false));
    }

    public void refresh() {
        Map<String, Boolean> all =
                records.all().stream().collect(Collectors.toMap(QueueRecord::name, QueueRecord::paused));
        paused.keySet().retainAll(all.keySet());
        paused.putAll(all);
    }
}
