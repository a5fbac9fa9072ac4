package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.dispatch.HandlerCall.Answer;
import dev.errand.handler.Handler;
import dev.errand.outcome.Errors;
import dev.errand.queue.TaskMessage;
import dev.errand.store.PauseWindow;
import dev.errand.store.RunReports;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskStatements;
import dev.errand.store.TaskStatements.Success;
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
    TaskStatements statements;

    @Inject
    RunReports reports;

    @Inject
    HandlerCall handlerCall;

    @Inject
    LostTransaction lostTransaction;

    @Inject
    Suspects suspects;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** @return nothing if the run was not claimed or has succeeded */
    public Optional<Ran> run(TaskMessage message, Handler handler, Runnable notClaimed) throws Exception {
        transaction.setTransactionTimeout(timeOut(handler));
        transaction.begin();
        RunningTask run = null;
        boolean hasTurn = false;
        boolean started = false;
        try {
            PauseWindow window = new PauseWindow();
            Optional<TaskRecord> record = statements.claim(message.id(), message.run());
            if (record.isEmpty()) {
                rollback(transaction);
                notClaimed.run();
                return Optional.empty();
            }
            run = new RunningTask(record.get(), handler, clock, config.mask());
            if (record.get().expired(clock.millis())) {
                rollback(transaction);
                return Optional.of(Ran.expired(run, config.node()));
            }
            int crashes = record.get().crashes();
            hasTurn = suspects.enter(crashes);
            if (crashes > 0) {
                markSuspect(run);
            }
            if (window.isPaused(statements, run.queue())) {
                rollback(transaction);
                notClaimed.run();
                return Optional.empty();
            }
            started = true;
            Answer answer = handlerCall.call(run);
            if (answer.error() == null && !run.revoked()) {
                statements.succeed(List.of(new Success(run.ended(config.node()), answer.result())));
                transaction.commit();
                return Optional.empty();
            }
            boolean lost = Errors.connectionLost(answer.error()) && lostTransaction.isLost(run.id());
            rollback(transaction);
            return Optional.of(new Ran(run, run.ended(config.node()), answer.error(), lost));
        } catch (Exception e) {
            rollback(transaction);
            if (!started) {
                throw e;
            }
            return Optional.of(new Ran(run, run.ended(config.node()), Errors.unwrap(e), true));
        } finally {
            transaction.setTransactionTimeout(0);
            hide(run, hasTurn);
        }
    }

    /** Whose turn it is next must not be seen to run beside it. */
    private void hide(RunningTask run, boolean hasTurn) throws Exception {
        try {
            if (run != null) {
                handlerCall.hide(run);
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
