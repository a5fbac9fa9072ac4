package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.queue.TaskMessage;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.PauseWindow;
import dev.errand.store.RunReports;
import dev.errand.store.SqlErrors;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Success;
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
import java.util.Optional;

/**
 * One transaction: claim, handler, SUCCESS, commit. The handler's work on the database, the tasks it sends and "done" are one
 * atom: exactly once, whatever crashes. Its transaction is bean-managed only because its time-out differs by task.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class TransactionalRun {
    /** After the handler was interrupted at its limit, it may take so long to give up before the server rolls back. */
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
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** Runs the task; SUCCESS is committed when this returns it, every other outcome is left to the caller. */
    public RunResult run(TaskMessage message, Handler handler) throws Exception {
        transaction.setTransactionTimeout(timeOut(handler));
        transaction.begin();
        RunningTask run = null;
        boolean hasTurn = false;
        boolean started = false;
        try {
            PauseWindow window = new PauseWindow();
            Optional<TaskRecord> record = locks.claim(message.id(), message.run());
            if (record.isEmpty()) {
                rollback(transaction);
                return new RunResult.NotClaimed();
            }
            run = new RunningTask(record.get(), handler, clock, config.mask());
            if (record.get().expired(clock.millis())) {
                rollback(transaction);
                return RunResult.expired(run, config.node());
            }
            int crashes = record.get().crashes();
            hasTurn = suspects.enter(crashes);
            if (crashes > 0) {
                markSuspect(run);
            }
            if (window.isPaused(locks, run.queue())) {
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
            transaction.setTransactionTimeout(0);
            hide(run, hasTurn);
        }
    }

    /** Whose turn it is next must not be seen to run beside it. */
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

    /** It was in flight when a node went down, so it may be the reason: if it is running when that happens again, it is. */
    private void markSuspect(RunningTask run) {
        run.show(() -> reports.running(run.id(), run.run(), config.node(), run.startedAt(), clock.millis(), null));
    }

    /** In seconds; 0 is the server's default. */
    private static int timeOut(Handler handler) {
        return handler.timeLimit() == null
                ? 0
                : (int) Math.min(
                        Integer.MAX_VALUE, handler.timeLimit().plus(GRACE).toSeconds());
    }

    static void rollback(UserTransaction transaction) throws SystemException {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }
}
