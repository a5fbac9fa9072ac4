package dev.errand.manage;

import dev.errand.api.QueueInfo;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.log.Message;
import dev.errand.send.KnownQueues;
import dev.errand.store.PauseWindow;
import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import dev.errand.store.TaskFigures;
import dev.errand.store.TaskFigures.Count;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The queues in figures, and the switch that pauses them. */
@ApplicationScoped
public class QueueControl {
    @Inject
    private QueueRecords queues;

    @Inject
    private KnownQueues known;

    @Inject
    private TaskFigures figures;

    @Inject
    @EngineClock
    private Clock clock;

    List<QueueInfo> all() {
        List<Count> counts = figures.counts(clock.millis());
        Map<String, Long> running = figures.runningByQueue();
        return queues.all().stream()
                .map(queue -> info(queue, counts, running.getOrDefault(queue.name(), 0L)))
                .toList();
    }

    private static QueueInfo info(QueueRecord queue, List<Count> counts, long running) {
        return new QueueInfo(
                queue.name(),
                Math.max(0, sum(counts, queue.name(), false, Count::all) - running),
                Math.max(0, sum(counts, queue.name(), false, Count::due) - running),
                sum(counts, queue.name(), true, Count::all) + running,
                queue.paused(),
                queue.pausedBy(),
                queue.pausedAt());
    }

    private static long sum(List<Count> counts, String queue, boolean started, ToLongFunction<Count> what) {
        return counts.stream()
                .filter(count -> count.queue().equals(queue) && (count.state() == TaskState.STARTED) == started)
                .mapToLong(what)
                .sum();
    }

    /** Pauses a queue, which may be before the first task is sent to it. After this call no task of it starts on any node. */
    QueueInfo pause(String name, String by) {
        // the same names are allowed as in sending
        TaskOptions.none().queue(name);
        known.paused(name);
        return switchTo(name, true, by).orElseThrow();
    }

    /** @return the queue after it; nothing if there is none of that name */
    Optional<QueueInfo> resume(String name, String by) {
        return switchTo(name, false, by);
    }

    private Optional<QueueInfo> switchTo(String name, boolean paused, String by) {
        if (queues.pause(name, paused, by, clock.millis())) {
            if (paused) {
                Message.PAUSED_BY.log(name, Message.who(by));
            } else {
                Message.RESUMED_BY.log(name, Message.who(by));
            }
        }
        known.refresh();
        if (paused) {
            // even if it was paused already: another caller may have done that in this moment
            PauseWindow.awaitEnd();
        }
        return all().stream().filter(queue -> queue.name().equals(name)).findFirst();
    }
}
