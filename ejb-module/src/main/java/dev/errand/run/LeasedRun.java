package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.Ended;
import dev.errand.store.PauseWindow;
import dev.errand.store.TaskLocks;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * A run outside a transaction, for long work and for calls of other systems: claim (STARTED, committed), handler,
 * outcome. The heartbeat renews its lease. It happens at least once: if the node dies in between, another node repeats
 * the work.
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
    StartGate gate = StartGate.OPEN;

    @Inject
    OutcomeRecorder outcomes;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Runs the task. SUCCESS is recorded when this method returns it; the caller records every other outcome. */
    public RunResult run(TaskMessage message, Handler handler) throws Exception {
        PauseWindow window = new PauseWindow();
        Optional<RunningTask> claimed = claims.start(message)
                .map(record -> new RunningTask(
                        record, handler.orTimeLimit(gate.timeLimit(record.queue())), clock, config.mask()));
        if (claimed.isEmpty()) {
            return new RunResult.NotClaimed();
        }
        RunningTask run = claimed.get();
        if (run.record().expired(clock.millis())) {
            return RunResult.expired(run, config.node());
        }
        if (window.isPaused(locks, run.queue()) || !gate.enter(run.record())) {
            return new RunResult.Paused(run, run.ended(config.node()));
        }
        Answer answer;
        try {
            answer = invoker.call(run);
        } finally {
            gate.leave(run.record());
        }
        if (answer.error() != null || run.revoked()) {
            return RunResult.failed(run, config.node(), answer.error());
        }
        Ended ended = run.ended(config.node());
        monitor.retryUntilUp(() -> outcomes.succeeded(run.task(), ended, answer.result()));
        return new RunResult.Succeeded();
    }
}
