package dev.errand.run;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.limit.Limits;
import dev.errand.limit.Stay;
import dev.errand.log.LogMessage;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.InFlight;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Runs one task, from its message to its recorded outcome. Thread-safe. */
@ApplicationScoped
public class TaskRunner {
    @Inject
    HandlerRegistry handlers;

    @Inject
    RunningTasks running;

    @Inject
    TransactionalRun transactionalRun;

    @Inject
    LeasedRun leasedRun;

    @Inject
    RunClaims claims;

    @Inject
    RestartLimits limits;

    @Inject
    Limits places;

    @Inject
    OutcomeRecorder outcomes;

    @Inject
    TaskMetrics metrics;

    @Inject
    InFlight inFlight;

    @Inject
    StartGate gate = StartGate.OPEN;

    @Inject
    Fuses fuses;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    @EngineClock
    Clock clock;

    /** Runs the task of this message. Never throws: the record stays, however the run ends. */
    void run(TaskMessage message) {
        try {
            boolean settled;
            do {
                settled = isSettled(message);
                // repeats if the database was away and is back; after the end of the lease, the sweep finds the record
            } while (!settled && timeLeft(message).toMillis() > 0);
        } finally {
            inFlight.done(message.id());
        }
    }

    /**
     * Runs the task, or finds that the message is no longer useful.
     *
     * @return false if the database was away, so that the message must be handled again
     */
    private boolean isSettled(TaskMessage message) {
        // a useful message waits here, so that work continues as soon as the database is back
        if (monitor.isDown() && !monitor.awaitUp(timeLeft(message))) {
            return true;
        }
        try {
            runOnce(message);
            return true;
        } catch (Throwable e) {
            if (monitor.isCauseOf(e)) {
                return false;
            }
            LogMessage.DISPATCH_FAILED.logAtMostOnceAMinute(message.task(), message.id(), e);
            return true;
        }
    }

    private Duration timeLeft(TaskMessage message) {
        return Duration.ofMillis(message.leaseEnd() - clock.millis());
    }

    private void runOnce(TaskMessage message) throws Exception {
        if (runsHere(message)) {
            return;
        }
        int outages = monitor.outages();
        Optional<Handler> handler = handlers.find(message.task());
        if (handler.isEmpty()) {
            claims.release(message);
            return;
        }
        if (gate.holds(message.task(), message.id())) {
            claims.release(message);
            return;
        }
        Stay stay = places.enter(message.task(), message.id(), message.run());
        if (stay.refuses()) {
            return;
        }
        try {
            run(message, handler.get(), outages);
        } finally {
            places.leave(stay);
        }
    }

    private void run(TaskMessage message, Handler handler, int outages) throws Exception {
        RunResult result =
                handler.transactional() ? transactionalRun.run(message, handler) : leasedRun.run(message, handler);
        if (result instanceof RunResult.NotClaimed) {
            claims.settle(message);
        } else if (result instanceof RunResult.Succeeded) {
            metrics.ended(message.task(), TaskState.SUCCESS.name(), 1);
            fuses.succeeded(message.task(), message.id());
        } else if (result instanceof RunResult.Unfinished unfinished) {
            // decided at each attempt, because an outage that began in the meantime changes the outcome
            monitor.retryUntilUp(() -> {
                Outcome outcome = decide(unfinished, monitor.outages() > outages);
                outcomes.record(unfinished, outcome);
                metrics.ended(message.task(), outcome.label(), 1);
                fuses.ended(message.task(), message.id(), outcome);
            });
        }
    }

    /**
     * Returns whether this node already runs the same run. Either the message came twice, or the server has rolled back
     * the transaction while the handler is still running. That run records its own outcome; a second one would lock the
     * record at that moment.
     */
    private boolean runsHere(TaskMessage message) {
        return running.find(message.id())
                .filter(run -> run.run() == message.run())
                .isPresent();
    }

    private Outcome decide(RunResult.Unfinished result, boolean wasAway) {
        return OutcomeRules.decide(
                result,
                wasAway,
                limits,
                clock.instant(),
                ThreadLocalRandom.current().nextDouble());
    }
}
