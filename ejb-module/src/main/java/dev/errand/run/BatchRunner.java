package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.BatchMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.TaskMessage;
import dev.errand.run.BatchRun.Step;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A batch runner. It runs one transaction after the other, each with as many short tasks as may share it, while such
 * tasks are due.
 */
@ApplicationScoped
public class BatchRunner {
    /**
     * The longest turn. A limit lets other messages use the session, and lets an administrator stop the deliveries
     * without a longer wait.
     */
    private static final Duration TURN = Duration.ofMillis(500);

    /**
     * The number of tasks to lock in the first transaction. Later transactions adapt it to the number of tasks that may
     * share one.
     */
    private static final int FIRST = 16;

    @Inject
    BatchRun batchRun;

    @Inject
    RunClaims claims;

    @Inject
    TaskRunner taskRunner;

    @Inject
    BatchRunners runners;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Runs batches until no task is due that may share a commit, but for half a second at most. A batch runner that
     * starts after the end of its lease runs nothing: a busy bean may have held its message while an administrator
     * stopped the deliveries. Never throws.
     */
    void run(BatchMessage message) {
        if (message.leaseEnd() <= clock.millis()) {
            runners.ended(message, false);
            return;
        }
        long start = System.nanoTime();
        boolean worked = false;
        try {
            int limit = FIRST;
            Step step;
            do {
                runners.atWork(message);
                step = batchRun.run(limit);
                worked |= step.done() > 0;
                for (TaskRecord task : step.wrong()) {
                    Optional<TaskMessage> leased = claims.lease(task);
                    leased.ifPresent(taskRunner::run);
                    worked |= leased.isPresent();
                }
                limit = Math.max(FIRST, Math.min(2 * step.done(), config.batchMax()));
            } while (step.more() && System.nanoTime() - start < TURN.toNanos() && !monitor.isDown());
            runners.ended(message, worked);
        } catch (Throwable e) {
            // nothing is lost: the locked tasks are due as they were
            runners.failed(message);
            if (!monitor.isCauseOf(e)) {
                LogMessage.SWEEP_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }
}
