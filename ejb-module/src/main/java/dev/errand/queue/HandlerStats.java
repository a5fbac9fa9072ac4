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
 * The durations and the failure rates of the transactional handlers on this node. Tasks of handlers that are short and rarely
 * fail may share a commit. The figures are averages, in which a slow run weighs for dozens of runs. Thread-safe.
 */
@ApplicationScoped
public class HandlerStats {
    /**
     * The longest duration of a batch. It limits the wait of a finished task for its commit, and of the next task for its
     * start.
     */
    public static final Duration BUDGET = Duration.ofMillis(20);

    /**
     * The longest average run that is short. It is measured by the clock, on a busy machine. A longer handler gains little
     * from a commit that two or three tasks share.
     */
    private static final double SHORT_NANOS = 6e6;

    /**
     * The weight of the last run. A run of half a second bars its handler for the next fifty runs; a run that merely lost the
     * processor does not.
     */
    private static final double WEIGHT = 0.05;

    /** The longest time for which a busy machine may take the processor away from a run. A longer run is slow by itself. */
    private static final double PREEMPTED_NANOS = 1e8;

    private static final double PREEMPTED_FACTOR = 8;
    private static final double PREEMPTED_FLOOR_NANOS = 1e5;

    /**
     * The largest average number of failures per batch: at most half of the batches may have one, because a failure leaves
     * only work to do again.
     */
    private static final double FAILURES_PER_BATCH = 0.5;

    /** The smallest number of batch runners: with two, the commit of one does not keep the handlers waiting. */
    private static final int LEAST_RUNNERS = 2;

    /** The largest number of batch runners; {@link Concurrency} may allow fewer. */
    private static final int MOST_RUNNERS = 16;

    /**
     * The time after the first task in which all tasks run alone. A task that takes its node down must be found in flight
     * then, and not among many in a batch runner.
     */
    static final long ALONE_MILLIS = 10_000;

    /** The time in which tasks run alone after batch runners have left them due. */
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

    /**
     * @param runs the number of runs, up to the number that makes an average; the first run does not count, because it loads
     *     classes
     */
    private record Figures(int runs, double nanos, double failures) {
        Figures next(long lastNanos, boolean failed) {
            double weight = Math.max(WEIGHT, 1.0 / runs);
            return new Figures(
                    Math.min(runs + 1, 1_000),
                    nanos + weight * (counted(lastNanos) - nanos),
                    failures + weight * ((failed ? 1 : 0) - failures));
        }

        /** Limits a duration that the loss of the processor may explain to a few times the average. */
        private double counted(long lastNanos) {
            return lastNanos > PREEMPTED_NANOS
                    ? lastNanos
                    : Math.min(lastNanos, PREEMPTED_FACTOR * Math.max(nanos, PREEMPTED_FLOOR_NANOS));
        }
    }

    /** Records a run of a transactional handler. */
    public void ran(String task, long nanos, boolean failed) {
        stats.compute(task, (name, figures) -> figures == null ? new Figures(1, 0, 0) : figures.next(nanos, failed));
    }

    /** Makes these tasks run alone for a minute, because batch runners leave them due. */
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

    /**
     * Returns the number of tasks of this name that may share a commit. It is 1 for tasks that are slow, failing or not known
     * yet.
     */
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

    /**
     * Returns whether a due record may share a commit. A record that was in flight when a node went down must not: its run
     * must be visible.
     */
    public boolean shares(TaskRecord record, long now) {
        return (record.state() == TaskState.PENDING || record.state() == TaskState.RETRY)
                && record.crashes() == 0
                && !record.expired(now)
                // it is to run in a transaction of its own, which lasts as long as the limit lets it
                && record.timeLimit() == null
                && most(record.task()) > 1;
    }

    /** Returns the part of a batch that one task of this name takes. */
    public double share(String task) {
        return 1.0 / most(task);
    }

    /**
     * Returns the number of batch runners that are useful for this task. Longer handlers gain more from runners side by side.
     */
    public int runners(String task) {
        Figures figures = stats.get(task);
        double millis = figures == null ? 0 : figures.nanos / 1e6;
        return (int) Math.max(LEAST_RUNNERS, Math.min(MOST_RUNNERS, Math.ceil(millis * MOST_RUNNERS / 2)));
    }

    /**
     * Returns the number of messages in flight below which one more task of this name goes out by itself, and not with others
     * in a batch.
     */
    public int alone(String task) {
        return most(task) == 1 ? Integer.MAX_VALUE : 2 * runners(task);
    }
}
