package dev.errand.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of the tasks that this node sends and runs, by the task's name. At most {@value #MOST_TASKS} names have
 * meters of their own; further names share those of {@value #OTHER}, so that a sender with made-up names cannot fill the
 * memory. A meter costs less than a microsecond and no statement. Thread-safe.
 */
@ApplicationScoped
public class TaskMetrics {
    static final int MOST_TASKS = 1_000;

    /** The name that stands for all tasks without meters of their own, such as those without a handler on this node. */
    public static final String OTHER = "other";

    /** The upper bounds of the histograms' buckets. Few, because each task name has all of them. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Meters> byTask = new ConcurrentHashMap<>();

    /** The meters of one task name. */
    private final class Meters {
        private final String task;
        private final Counter sent;
        private final Timer waits;
        private final Timer runs;
        private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

        Meters(String task) {
            this.task = task;
            this.sent = Counter.builder("errand.tasks.sent")
                    .description("Tasks that this node has sent")
                    .tag("task", task)
                    .register(registry);
            this.waits = Timer.builder("errand.start.delay")
                    .description("The time between the due time of a task and the start of its run")
                    .tag("task", task)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            this.runs = Timer.builder("errand.run.duration")
                    .description("The duration of the handler's calls")
                    .tag("task", task)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
        }

        Counter outcome(String outcome) {
            return outcomes.computeIfAbsent(
                    outcome,
                    name -> Counter.builder("errand.runs")
                            .description("Finished runs on this node, by their outcome")
                            .tags("task", task, "outcome", name)
                            .register(registry));
        }
    }

    /** Returns the registry, for meters that show a state. Not a bean: an application may have a registry of its own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Counts tasks that this node has sent. A task whose transaction is rolled back afterwards is counted, too. */
    public void sent(String task, int number) {
        of(task).sent.increment(number);
    }

    /**
     * Measures a call of a handler.
     *
     * @param delay the time between the due time and the start; negative if the clock was set
     */
    public void called(String task, Duration delay, Duration duration) {
        Meters meters = of(task);
        meters.waits.record(delay.isNegative() ? Duration.ZERO : delay);
        meters.runs.record(duration);
    }

    /**
     * Counts finished runs.
     *
     * @param outcome a constant of few, such as SUCCESS
     */
    public void ended(String task, String outcome, int number) {
        of(task).outcome(outcome).increment(number);
    }

    /** Returns all meters in the text format of Prometheus, version 0.0.4. */
    public String text() {
        return registry.scrape();
    }

    private Meters of(String task) {
        Meters meters = byTask.get(task);
        if (meters == null) {
            String name = byTask.size() < MOST_TASKS ? task : OTHER;
            meters = byTask.computeIfAbsent(name, Meters::new);
        }
        return meters;
    }

    @PreDestroy
    void close() {
        registry.close();
    }
}
