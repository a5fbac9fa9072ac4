package dev.errand.manage;

import dev.errand.api.NodeMetrics;
import dev.errand.api.QueueInfo;
import dev.errand.manage.CachedFigures.Figures;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.InFlight;
import dev.errand.store.database.DatabaseMonitor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The metrics of this node: the meters of {@link TaskMetrics}, and the state of tasks and queues. Thread-safe. */
@ApplicationScoped
public class EngineMetrics implements NodeMetrics {
    /** The largest number of queues with metrics. A sender may make a queue of any name. */
    static final int MOST_QUEUES = 200;

    @Inject
    TaskMetrics metrics;

    @Inject
    CachedFigures recent;

    @Inject
    InFlight inFlight;

    @Inject
    DatabaseMonitor monitor;

    /** A scrape must not see the rows of another one. Not synchronized methods: the proxy of this bean would be locked, too. */
    private final Object lock = new Object();

    private MultiGauge tasks;
    private MultiGauge pending;
    private MultiGauge due;
    private MultiGauge running;
    private MultiGauge paused;

    @PostConstruct
    void register() {
        MeterRegistry registry = metrics.registry();
        tasks = gauge("errand.tasks", "Tasks in each state");
        pending = gauge("errand.queue.pending", "Tasks that wait in the queue: due now, due later or for a retry");
        due = gauge("errand.queue.due", "Tasks of the queue that could run now");
        running = gauge("errand.queue.running", "Tasks of the queue that run");
        paused = gauge("errand.queue.paused", "1 while the queue is paused");
        Gauge.builder("errand.in.flight", inFlight, InFlight::size)
                .description("Tasks that are on their way to a handler of this node")
                .register(registry);
        Gauge.builder("errand.database.up", monitor, database -> database.isDown() ? 0 : 1)
                .description("1 while the database answers")
                .register(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(metrics.registry());
    }

    @Override
    public String text() {
        synchronized (lock) {
            show(recent.get());
            return metrics.text();
        }
    }

    private void show(Figures figures) {
        tasks.register(
                figures.counts().entrySet().stream()
                        .map(count -> Row.of(Tags.of("state", count.getKey().name()), count.getValue()))
                        .toList(),
                true);
        List<QueueInfo> queues = figures.queues().values().stream()
                .sorted(Comparator.comparingLong(QueueInfo::pending).reversed())
                .limit(MOST_QUEUES)
                .toList();
        show(pending, queues, QueueInfo::pending);
        show(due, queues, QueueInfo::due);
        show(running, queues, QueueInfo::running);
        show(paused, queues, queue -> queue.paused() ? 1 : 0);
    }

    private static void show(MultiGauge gauge, List<QueueInfo> queues, ToLongFunction<QueueInfo> figure) {
        gauge.register(
                queues.stream()
                        .map(queue -> Row.of(Tags.of("queue", queue.name()), figure.applyAsLong(queue)))
                        .toList(),
                true);
    }
}
