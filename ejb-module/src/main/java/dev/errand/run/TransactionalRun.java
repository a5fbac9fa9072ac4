package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.PauseWindow;
import dev.errand.store.RunReports;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.database.SqlErrors;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One transaction: claim, handler, SUCCESS, commit. The handler's changes in the database, the tasks it sends and the
 * state SUCCESS are one atomic unit: they take effect exactly once, despite any crash. The transaction is bean-managed
 * only because its time-out differs per task.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class TransactionalRun {
    /** The time for the handler to give up after it was interrupted at its limit. Then the server rolls back. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Resource
    UserTransaction transaction;

    @Inject
    TaskLocks locks;

    @Inject
    TaskTransitions transitions;

    @Inject
    RunReports reports;

    @Inject
    HandlerInvoker invoker;

    @Inject
    RunClaims claims;

    @Inject
    CrashSuspects suspects;

    @Inject
    StartGate gate = StartGate.OPEN;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Runs the task. SUCCESS is committed when this method returns it; the caller records every other outcome. */
    public RunResult run(TaskMessage message, Handler handler) throws Exception {
        begin(handler.timeLimit());
        RunningTask run = null;
        boolean hasTurn = false;
        boolean entered = false;
        boolean started = false;
        try {
            PauseWindow window = new PauseWindow();
            Optional<TaskRecord> record = locks.claim(message.id(), message.run());
            Handler limited = limited(handler, record);
            Duration limit =
                    record.map(found -> RunningTask.timeLimit(found, limited)).orElse(handler.timeLimit());
            if (!Objects.equals(limit, handler.timeLimit())) {
                // only the record has the sender's limit and the queue, and the time-out is for transactions that begin
                // later
                rollback(transaction);
                begin(limit);
                window = new PauseWindow();
                record = locks.claim(message.id(), message.run());
            }
            if (record.isEmpty()) {
                rollback(transaction);
                return new RunResult.NotClaimed();
            }
            run = new RunningTask(record.get(), limited, clock, config.mask());
            if (record.get().expired(clock.millis())) {
                rollback(transaction);
                return RunResult.expired(run, config.node());
            }
            int crashes = record.get().crashes();
            hasTurn = suspects.enter(crashes);
            if (crashes > 0) {
                markSuspect(run);
            }
            entered = !window.isPaused(locks, run.queue()) && gate.enter(run.record());
            if (!entered) {
                rollback(transaction);
                return new RunResult.NotClaimed();
            }
            started = true;
            Answer answer = invoker.call(run);
            if (answer.error() == null && !run.revoked()) {
                transitions.succeed(List.of(new Success(run.ended(config.node()), answer.result())));
                transaction.commit();
                return new RunResult.Succeeded();
            }
            boolean lost = SqlErrors.connectionLost(answer.error()) && claims.isTransactionLost(run);
            rollback(transaction);
            return lost
                    ? RunResult.undone(run, config.node(), answer.error())
                    : RunResult.failed(run, config.node(), answer.error());
        } catch (Exception e) {
            rollback(transaction);
            if (!started) {
                throw e;
            }
            return RunResult.undone(run, config.node(), ErrorReport.unwrap(e));
        } finally {
            if (entered) {
                gate.leave(run.record());
            }
            transaction.setTransactionTimeout(0);
            hide(run, hasTurn);
        }
    }

    /** Returns the handler with the time limit of the record's queue, if it has none of its own. */
    private Handler limited(Handler handler, Optional<TaskRecord> record) {
        return record.map(found -> handler.orTimeLimit(gate.timeLimit(found.queue())))
                .orElse(handler);
    }

    /** Stops showing the run, then ends its turn: the next suspect must not be seen to run at the same time. */
    private void hide(RunningTask run, boolean hasTurn) throws Exception {
        try {
            if (run != null) {
                invoker.hide(run);
            }
        } finally {
            if (hasTurn) {
                suspects.leave();
            }
        }
    }

    /**
     * Shows a run that was in flight when a node crashed and so may be the cause. If the node crashes again during the
     * run, the run counts as the cause.
     */
    private void markSuspect(RunningTask run) {
        run.show(() -> reports.running(run.id(), run.run(), config.node(), run.startedAt(), clock.millis(), null));
    }

    /** Begins a transaction that lasts for the time limit and its grace; without a limit, for the server's default. */
    private void begin(Duration timeLimit) throws Exception {
        transaction.setTransactionTimeout(
                timeLimit == null
                        ? 0
                        : (int) Math.min(
                                Integer.MAX_VALUE, timeLimit.plus(GRACE).toSeconds()));
        transaction.begin();
    }

    static void rollback(UserTransaction transaction) throws SystemException {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }
}
