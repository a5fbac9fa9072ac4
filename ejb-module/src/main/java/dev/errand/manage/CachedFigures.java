package dev.errand.manage;

import dev.errand.api.QueueInfo;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The figures that MBeans and metrics show. A console asks for each attribute every few seconds, and to count a million
 * tasks takes a while. All of them therefore share one count, which is kept for a time. Thread-safe.
 */
@ApplicationScoped
public class CachedFigures {
    public static final int KEEP_SECONDS = 5;

    /** Counting takes at most 1/20 of the time, for any number of tasks. */
    private static final int SHARE = 20;

    private static final int MOST_RUNNING = 100;

    /** Not synchronized methods: the proxy of this bean would be locked, too. */
    private final Object lock = new Object();

    @Inject
    TaskAdministration operations;

    @Inject
    @EngineClock
    Clock clock;

    private volatile Consumer<Set<String>> seen = queues -> {};
    private Figures last;
    private long takenAt;
    private long keptUntil;

    /**
     * The result of a count.
     *
     * @param running the newest {@value #MOST_RUNNING} runs
     */
    public record Figures(Map<TaskState, Long> counts, SortedMap<String, QueueInfo> queues, List<TaskInfo> running) {
        /** Returns the figures of a queue; zeros if the queue was first used after the count. */
        public QueueInfo queue(String name) {
            return queues.getOrDefault(name, new QueueInfo(name, 0, 0, 0, false, null, null));
        }
    }

    /** Passes the queues of each later count to this consumer: some may be new, others gone. */
    public void whenCounted(Consumer<Set<String>> consumer) {
        seen = consumer;
    }

    /** Returns the figures, counted at most {@value #KEEP_SECONDS} seconds ago, or longer if a count takes long. */
    public Figures get() {
        synchronized (lock) {
            return figures();
        }
    }

    private Figures figures() {
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
    public void forget() {
        synchronized (lock) {
            last = null;
        }
    }
}
