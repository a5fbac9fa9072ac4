package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.HandlerRegistry;
import dev.errand.queue.Paces;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.Outage;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskStatements;
import dev.errand.store.TaskStatements.Locked;
import dev.errand.store.TaskStatements.Success;
import dev.errand.store.Turn;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Short tasks that are due, in one transaction: lock them, call the handlers one after the other, SUCCESS for all, commit.
 * Nothing else is decided here: when a task goes wrong, all is rolled back, and it runs in a {@link TransactionalRun} of its
 * own. What may not share a transaction is left to the sweep.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class BatchRun {
    @Resource
    private UserTransaction transaction;

    @Inject
    private TaskStatements statements;

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private HandlerInvoker invoker;

    @Inject
    private Paces paces;

    @Inject
    private Outage outage;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /**
     * What became of what was due.
     *
     * @param done over, in SUCCESS
     * @param wrong those that need a transaction of their own; all others are due as they were
     */
    public record Step(int done, List<TaskRecord> wrong) {
        boolean more() {
            return done > 0 || !wrong.isEmpty();
        }
    }

    /** Runs what may share a transaction. @throws Exception if the database does not answer: all is due as it was */
    public Step run(int limit) throws Exception {
        List<RunningTask> runs = new ArrayList<>();
        transaction.begin();
        try {
            List<Success> successes = new ArrayList<>();
            long start = System.nanoTime();
            for (Locked locked : bundle(limit)) {
                TaskRecord record = locked.record();
                if (locked.revoked()) {
                    return new Step(0, List.of(record));
                }
                if (System.nanoTime() - start > Paces.BUDGET.toNanos()) {
                    break;
                }
                RunningTask run =
                        new RunningTask(record, handlers.find(record.task()).orElseThrow(), clock, config.mask());
                runs.add(run);
                Answer answer = invoker.answer(run);
                if (answer.error() != null || run.revoked() || transaction.getStatus() != Status.STATUS_ACTIVE) {
                    return new Step(0, List.of(record));
                }
                successes.add(new Success(run.ended(config.node()), answer.result()));
            }
            return runs.isEmpty() ? new Step(0, List.of()) : commit(runs, successes);
        } finally {
            TransactionalRun.rollback(transaction);
            for (RunningTask run : runs) {
                invoker.hide(run);
            }
        }
    }

    /** What is due first and may share a commit, locked. */
    private List<Locked> bundle(int limit) {
        long now = clock.millis();
        for (Turn turn : statements.due(now)) {
            List<Locked> bundle = new ArrayList<>();
            double full = 0;
            for (Locked locked : statements.lockDue(turn, now, limit)) {
                if (full < 1 && paces.shares(locked.record(), now)) {
                    full += paces.share(locked.record().task());
                    bundle.add(locked);
                }
            }
            if (!bundle.isEmpty()) {
                return bundle;
            }
        }
        return List.of();
    }

    private Step commit(List<RunningTask> runs, List<Success> successes) throws Exception {
        try {
            runs.forEach(invoker::writeLines);
            statements.succeed(successes);
            transaction.commit();
            return new Step(runs.size(), List.of());
        } catch (Exception e) {
            if (outage.explains(e)) {
                throw e;
            }
            // whom it is to blame for shows when each runs alone
            return new Step(0, runs.stream().map(RunningTask::record).toList());
        }
    }
}
