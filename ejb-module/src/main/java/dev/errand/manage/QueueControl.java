package dev.errand.manage;

import dev.errand.api.QueueInfo;
import dev.errand.api.QueueSettings;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.queue.KnownQueues;
import dev.errand.queue.Switches;
import dev.errand.store.PauseWindow;
import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import dev.errand.store.view.TaskFigures;
import dev.errand.store.view.TaskFigures.Count;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of the queues, and the actions that pause and resume them. */
@ApplicationScoped
public class QueueControl {
    @Inject
    private QueueRecords queues;

    @Inject
    private KnownQueues known;

    @Inject
    private TaskFigures figures;

    @Inject
    private Switches switches;

    @Inject
    @EngineClock
    private Clock clock;

    /** Returns the queues that were used or paused, and also queues whose row is lost while tasks are in them. */
    List<QueueInfo> all() {
        Map<String, QueueRecord> rows =
                queues.all().stream().collect(Collectors.toMap(QueueRecord::name, Function.identity()));
        Map<String, List<Count>> counts =
                figures.counts(clock.millis()).stream().collect(Collectors.groupingBy(Count::queue));
        Map<String, Long> running = figures.runningByQueue();
        return Stream.concat(rows.keySet().stream(), counts.keySet().stream())
                .distinct()
                .sorted()
                .map(name -> info(
                        name, rows.get(name), counts.getOrDefault(name, List.of()), running.getOrDefault(name, 0L)))
                .toList();
    }

    private static QueueInfo info(String name, QueueRecord row, List<Count> counts, long running) {
        QueueSettings settings = row == null ? QueueSettings.none() : row.settings();
        return new QueueInfo(
                name,
                Math.max(0, sum(counts, false, Count::all) - running),
                Math.max(0, sum(counts, false, Count::due) - running),
                sum(counts, true, Count::all) + running,
                row != null && row.paused(),
                row == null ? null : row.pausedBy(),
                row == null ? null : row.pausedAt(),
                settings.concurrency(),
                settings.reserved(),
                settings.maxPending(),
                settings.timeLimit());
    }

    private static long sum(List<Count> counts, boolean started, ToLongFunction<Count> number) {
        return counts.stream()
                .filter(count -> (count.state() == TaskState.STARTED) == started)
                .mapToLong(number)
                .sum();
    }

    QueueSettings settings(String name) {
        TaskOptions.none().queue(name);
        return queues.find(name).map(QueueRecord::settings).orElse(QueueSettings.none());
    }

    /** Replaces the settings of a queue, even before the first task is sent to it. */
    QueueInfo configure(String name, QueueSettings settings, String by) {
        TaskOptions.none().queue(name);
        queues.configure(name, settings, by, clock.millis());
        LogMessage.SETTINGS_BY.log("queue", name, settings, LogMessage.nameOf(by));
        known.refresh();
        switches.refresh();
        return find(name).orElseThrow();
    }

    /** Pauses a queue, even before the first task is sent to it. After this call, no task of it starts on any node. */
    QueueInfo pause(String name, String by) {
        // pausing allows the same names as sending
        TaskOptions.none().queue(name);
        // its row may be gone since this node last read it
        known.refresh();
        known.register(name);
        return switchTo(name, true, by).orElseThrow();
    }

    /** @return the queue after the call; empty if no queue has that name */
    Optional<QueueInfo> resume(String name, String by) {
        return switchTo(name, false, by);
    }

    private Optional<QueueInfo> switchTo(String name, boolean paused, String by) {
        if (queues.pause(name, paused, by, clock.millis())) {
            if (paused) {
                LogMessage.PAUSED_BY.log(name, LogMessage.nameOf(by));
            } else {
                LogMessage.RESUMED_BY.log(name, LogMessage.nameOf(by));
            }
        }
        known.refresh();
        if (paused) {
            // even if it was paused already: another caller may have paused it at this moment
            PauseWindow.awaitEnd();
        }
        return find(name);
    }

    private Optional<QueueInfo> find(String name) {
        Optional<QueueRecord> row = queues.find(name);
        List<Count> counts = figures.counts(name, clock.millis());
        return row.isEmpty() && counts.isEmpty()
                ? Optional.empty()
                : Optional.of(info(
                        name, row.orElse(null), counts, figures.runningByQueue().getOrDefault(name, 0L)));
    }
}
