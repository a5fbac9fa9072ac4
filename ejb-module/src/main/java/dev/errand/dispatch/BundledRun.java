package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.dispatch.HandlerCall.Answer;
import dev.errand.handler.Handler;
import dev.errand.queue.Paces;
import dev.errand.queue.TaskMessage;
import dev.errand.store.BundleRecords;
import dev.errand.store.BundleRecords.Success;
import dev.errand.store.TaskRecord;
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
import java.util.Map;

/**
 * Several short tasks in one transaction: claim them all, call the handlers one after the other, SUCCESS for all, commit.
 * Nothing else is decided here: when a task goes wrong, all is rolled back, it runs in a {@link TransactionalRun} of its own,
 * and the others run again.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class BundledRun {
    @Resource
    private UserTransaction transaction;

    @Inject
    private BundleRecords records;

    @Inject
    private HandlerCall handlerCall;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /** A task to run, and what runs it. */
    public record Ready(TaskMessage message, Handler handler) {}

    /**
     * What became of them.
     *
     * @param done over, in SUCCESS
     * @param together those that may share a transaction once more; fewer than before
     * @param alone those that need one of their own: not to be claimed, expired, suspects, gone wrong
     */
    public record Result(List<Ready> done, List<Ready> together, List<Ready> alone) {}

    /** Runs them, for as long as a bundle may take. @throws Exception if nothing is done, as everything was rolled back */
    public Result run(List<Ready> tasks) throws Exception {
        List<RunningTask> runs = new ArrayList<>();
        try {
            transaction.setTransactionTimeout(
                    TransactionalRun.timeOut(tasks.stream().map(Ready::handler).toList()));
            transaction.begin();
            return run(tasks, runs);
        } finally {
            TransactionalRun.rollback(transaction);
            transaction.setTransactionTimeout(0);
            for (RunningTask run : runs) {
                handlerCall.hide(run);
            }
        }
    }

    private Result run(List<Ready> tasks, List<RunningTask> runs) throws Exception {
        Map<String, TaskRecord> claimed =
                records.claim(tasks.stream().map(task -> task.message().id()).toList());
        List<Ready> done = new ArrayList<>();
        List<Ready> late = new ArrayList<>();
        List<Ready> alone = new ArrayList<>();
        List<Success> successes = new ArrayList<>();
        long start = System.nanoTime();
        for (Ready task : tasks) {
            TaskRecord record = claimed.get(task.message().id());
            if (record == null || record.run() != task.message().run() || !maySucceed(record)) {
                alone.add(task);
            } else if (System.nanoTime() - start > Paces.BUDGET.toNanos()) {
                // its claim ends with this transaction
                late.add(task);
            } else {
                RunningTask run = new RunningTask(record, task.handler(), clock, config.mask());
                runs.add(run);
                Answer answer = handlerCall.answer(run);
                if (answer.error() != null || run.revoked() || transaction.getStatus() != Status.STATUS_ACTIVE) {
                    return goneWrong(task, tasks);
                }
                successes.add(new Success(run.ended(config.node()), answer.result()));
                done.add(task);
            }
        }
        runs.forEach(handlerCall::writeLines);
        records.succeed(successes);
        transaction.commit();
        return new Result(done, late, alone);
    }

    private static Result goneWrong(Ready task, List<Ready> tasks) {
        return new Result(
                List.of(), tasks.stream().filter(other -> other != task).toList(), List.of(task));
    }

    /** What is expired will not, and a suspect must be seen to run. */
    private boolean maySucceed(TaskRecord record) {
        return record.crashes() == 0 && !record.expired(clock.millis());
    }
}
