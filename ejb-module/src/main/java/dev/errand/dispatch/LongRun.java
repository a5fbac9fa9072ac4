package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.dispatch.HandlerCall.Answer;
import dev.errand.handler.Handler;
import dev.errand.outcome.OutcomeRecorder;
import dev.errand.queue.TaskMessage;
import dev.errand.store.Ended;
import dev.errand.store.Outage;
import dev.errand.store.PauseWindow;
import dev.errand.store.TaskStatements;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * Outside a transaction, for work that lasts or that talks to the outside: claim (STARTED, committed), handler, outcome. The
 * heartbeat renews the lease meanwhile. At least once: a node that dies in between leaves the work to be done again.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LongRun {
    @Inject
    LongRunClaim claim;

    @Inject
    TaskStatements statements;

    @Inject
    HandlerCall handlerCall;

    @Inject
    OutcomeRecorder outcomes;

    @Inject
    Outage outage;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** @return nothing if the run was not claimed, was released again since its queue is paused, or has succeeded */
    public Optional<Ran> run(TaskMessage message, Handler handler, Runnable notClaimed) throws Exception {
        PauseWindow window = new PauseWindow();
        Optional<RunningTask> claimed = claim.claim(message.id(), message.run())
                .map(record -> new RunningTask(record, handler, clock, config.mask()));
        if (claimed.isEmpty()) {
            notClaimed.run();
            return Optional.empty();
        }
        RunningTask run = claimed.get();
        if (run.record().expired(clock.millis())) {
            return Optional.of(Ran.expired(run, config.node()));
        }
        if (window.isPaused(statements, run.queue())) {
            outcomes.runAgain(run.ended(config.node()));
            return Optional.empty();
        }
        Answer answer = handlerCall.call(run);
        if (answer.error() == null && !run.revoked()) {
            Ended ended = run.ended(config.node());
            outage.outlast(() -> outcomes.succeeded(run.task(), ended, answer.result()));
            return Optional.empty();
        }
        return Optional.of(Ran.failed(run, config.node(), answer.error()));
    }
}
