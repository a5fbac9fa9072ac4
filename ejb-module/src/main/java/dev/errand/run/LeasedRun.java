package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.queue.TaskMessage;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.DatabaseMonitor;
import dev.errand.store.Ended;
import dev.errand.store.PauseWindow;
import dev.errand.store.TaskLocks;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * A run outside a transaction, for work that lasts or that calls other systems: claim (STARTED, committed), handler, outcome.
 * The heartbeat renews its lease. At least once: if the node dies in between, the next node does the work again.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LeasedRun {
    @Inject
    RunClaims claims;

    @Inject
    TaskLocks locks;

    @Inject
    HandlerInvoker invoker;

    @Inject
    OutcomeRecorder outcomes;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Runs the task; SUCCESS is recorded when this returns it, every other outcome is left to the caller. */
    public RunResult run(TaskMessage message, Handler handler) throws Exception {
        PauseWindow window = new PauseWindow();
        Optional<RunningTask> claimed =
                claims.start(message).map(record -> new RunningTask(record, handler, clock, config.mask()));
        if (claimed.isEmpty()) {
            return new RunResult.NotClaimed();
        }
        RunningTask run = claimed.get();
        if (run.record().expired(clock.millis())) {
            return RunResult.expired(run, config.node());
        }
        if (window.isPaused(locks, run.queue())) {
            return new RunResult.Paused(run, run.ended(config.node()));
        }
        Answer answer = invoker.call(run);
        if (answer.error() != null || run.revoked()) {
            return RunResult.failed(run, config.node(), answer.error());
        }
        Ended ended = run.ended(config.node());
        monitor.retryUntilUp(() -> outcomes.succeeded(run.task(), ended, answer.result()));
        return new RunResult.Succeeded();
    }
}
