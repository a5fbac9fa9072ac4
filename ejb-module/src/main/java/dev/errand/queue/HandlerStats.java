package dev.errand.queue;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.store.TaskRecord;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the transactional handlers take on this node, and how often they fail: who is short and sound may share a commit
 * with others. Averages, in which a slow run weighs for dozens of runs; thread-safe.
 */
@ApplicationScoped
public class HandlerStats {
    /** A batch shall take no longer: so long a task in it may wait for its commit, and one behind it for its start. */
    public static final Duration BUDGET = Duration.ofMillis(20);

    /** By the clock, on a busy machine: a handler that takes longer gains little from a commit that two or three share. */
    private static final double SHORT_NANOS = 6e6;

    /** Of the last run. A run of half a second bars its handler for the next fifty; one that merely lost the processor does not. */
    private static final double WEIGHT = 0.05;

    /** A busy machine may take the processor away from any run for so long; one that takes longer is slow by itself. */
    private static final double PREEMPTED_NANOS = 1e8;

    private static final double PREEMPTED_FACTOR = 8;
    private static final double PREEMPTED_FLOOR_NANOS = 1e5;

    /** Of a failure nothing is left but work to be done again, so half of the batches at most may have one. */
    private static final double FAILURES_PER_BATCH = 0.5;

    /** So that one's commit does not keep the handlers waiting. */
    private static final int LEAST_RUNNERS = 2;

    /** As many as the message-driven bean has sessions. */
    private static final int MOST_RUNNERS = 16;

    /** After the first task: a task that takes its node down must be found in flight then, and not among many in a batch runner. */
    static final long ALONE_MILLIS = 10_000;

    /** The time in which tasks run alone that batch runners have left due. */
    static final long BARRED_MILLIS = 60_000;

    private final Map<String, Figures> stats = new ConcurrentHashMap<>();
    private final Map<String, Long> barredAt = new ConcurrentHashMap<>();

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private long aloneUntil;

    @PostConstruct
    void start() {
        aloneUntil = clock.millis() + ALONE_MILLIS;
    }

    /** @param runs up to those that make an average; the first does not count, as it loads classes */
    private record Figures(int runs, double nanos, double failures) {
        Figures next(long lastNanos, boolean failed) {
            double weight = Math.max(WEIGHT, 1.0 / runs);
            return new Figures(
                    Math.min(runs + 1, 1_000),
                    nanos + weight * (counted(lastNanos) - nanos),
                    failures + weight * ((failed ? 1 : 0) - failures));
        }

        /** What may be no more than the loss of the processor counts as a few times the average. */
        private double counted(long lastNanos) {
            return lastNanos > PREEMPTED_NANOS
                    ? lastNanos
                    : Math.min(lastNanos, PREEMPTED_FACTOR * Math.max(nanos, PREEMPTED_FLOOR_NANOS));
        }
    }

    /** A transactional handler was run. */
    public void ran(String task, long nanos, boolean failed) {
        stats.compute(task, (name, figures) -> figures == null ? new Figures(1, 0, 0) : figures.next(nanos, failed));
    }

    /** Has these tasks run alone for a minute, since batch runners leave them due. */
    public void runAlone(Collection<String> tasks) {
        tasks.forEach(task -> barredAt.put(task, clock.millis()));
    }

    /** Returns whether tasks run alone because of {@link #runAlone}. */
    public boolean runsAlone() {
        return barredAt.keySet().stream().anyMatch(this::isBarred);
    }

    private boolean isBarred(String task) {
        Long at = barredAt.get(task);
        // the clock may have been set back
        return at != null && Math.abs(clock.millis() - at) < BARRED_MILLIS;
    }

    /** How many of this task may share a commit; 1: it has its own, as all have that are slow, failing or not known yet. */
    int most(String task) {
        Figures figures = stats.get(task);
        if (figures == null
                || figures.runs == 1
                || figures.nanos > SHORT_NANOS
                || clock.millis() < aloneUntil
                || isBarred(task)) {
            return 1;
        }
        double most = Math.min(config.batchMax(), BUDGET.toNanos() / Math.max(figures.nanos, 1));
        return (int) Math.max(1, Math.min(most, FAILURES_PER_BATCH / Math.max(figures.failures, 1e-9)));
    }

    /** Whether a record that is due may share a commit. What was in flight when a node went down must be seen to run. */
    public boolean shares(TaskRecord record, long now) {
        return (record.state() == TaskState.PENDING || record.state() == TaskState.RETRY)
                && record.crashes() == 0
                && !record.expired(now)
                && most(record.task()) > 1;
    }

    /** Which part of a batch a task is that may share a commit. */
    public double share(String task) {
        return 1.0 / most(task);
    }

    /** How many batch runners gain by working on this task: handlers that take longer gain from running side by side. */
    public int runners(String task) {
        Figures figures = stats.get(task);
        double millis = figures == null ? 0 : figures.nanos / 1e6;
        return (int) Math.max(LEAST_RUNNERS, Math.min(MOST_RUNNERS, Math.ceil(millis * MOST_RUNNERS / 2)));
    }

    /** How many may be in flight for one more of this task to go out by itself, and not with others in a batch runner. */
    public int alone(String task) {
        return most(task) == 1 ? Integer.MAX_VALUE : 2 * runners(task);
    }
}
