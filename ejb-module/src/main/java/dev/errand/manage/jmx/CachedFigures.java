package dev.errand.manage.jmx;

import dev.errand.api.QueueInfo;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.manage.TaskAdministration;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The figures that the attributes show. A console asks for each attribute every few seconds, and to count a million tasks
 * takes a while. The attributes therefore share one count, which is kept for a time. Thread-safe.
 */
final class CachedFigures {
    static final int KEEP_SECONDS = 5;

    /** Counting takes at most 1/20 of the time, for any number of tasks. */
    private static final int SHARE = 20;

    private static final int MOST_RUNNING = 100;

    private final TaskAdministration operations;
    private final Clock clock;
    private final Consumer<Set<String>> seen;
    private Figures last;
    private long takenAt;
    private long keptUntil;

    record Figures(Map<TaskState, Long> counts, SortedMap<String, QueueInfo> queues, List<TaskInfo> running) {
        /** Returns the figures of a queue; zeros if the queue was first used after the count. */
        QueueInfo queue(String name) {
            return queues.getOrDefault(name, new QueueInfo(name, 0, 0, 0, false, null, null));
        }
    }

    /** @param seen receives the queues at each count: some may be new, others gone */
    CachedFigures(TaskAdministration operations, Clock clock, Consumer<Set<String>> seen) {
        this.operations = operations;
        this.clock = clock;
        this.seen = seen;
    }

    synchronized Figures get() {
        long now = clock.millis();
        // before takenAt: the clock was set back
        if (last == null || now >= keptUntil || now < takenAt) {
            last = new Figures(
                    operations.counts(),
                    byName(operations.queues()),
                    operations
                            .list(TaskFilter.all().state(TaskState.STARTED).limit(MOST_RUNNING))
                            .tasks());
            takenAt = clock.millis();
            keptUntil = takenAt + Math.max(KEEP_SECONDS * 1_000L, SHARE * (takenAt - now));
            seen.accept(last.queues.keySet());
        }
        return last;
    }

    private static SortedMap<String, QueueInfo> byName(List<QueueInfo> queues) {
        SortedMap<String, QueueInfo> byName = new TreeMap<>();
        queues.forEach(queue -> byName.put(queue.name(), queue));
        return byName;
    }

    /** Drops the figures after a change, so that the caller sees the change. */
    synchronized void forget() {
        last = null;
    }
}
