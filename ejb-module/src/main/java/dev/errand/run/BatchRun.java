package dev.errand.run;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.HandlerRegistry;
import dev.errand.limit.Limits;
import dev.errand.limit.Stay;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.StartGate;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.PauseWindow;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskLocks.Locked;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.Turn;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of several short due tasks in one transaction: it locks them, calls their handlers one after the other, records
 * SUCCESS for all and commits. It makes no other decision. When a task goes wrong, the whole batch is rolled back, and
 * that task runs in a {@link TransactionalRun} of its own. Tasks that must not share a transaction are left to the
 * sweep. A transaction that has found tasks runs at least one of them, however long the database takes to find them.
 */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class BatchRun {
    /**
     * The longest search for tasks. {@link dev.errand.queue.BatchRunners} considers a batch runner lost if it runs no
     * task for longer.
     */
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Resource
    UserTransaction transaction;

    @Inject
    TaskLocks locks;

    @Inject
    TaskTransitions transitions;

    @Inject
    HandlerRegistry handlers;

    @Inject
    HandlerInvoker invoker;

    @Inject
    RunningTasks running;

    @Inject
    HandlerStats stats;

    @Inject
    Limits limits;

    @Inject
    StartGate gate = StartGate.OPEN;

    @Inject
    TaskMetrics metrics;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * The result of one transaction.
     *
     * @param done the number of tasks that are finished, in SUCCESS
     * @param waiting the number of tasks that wait for a limit from now on
     * @param wrong the tasks that need a transaction of their own; all others are due as they were
     */
    public record Step(int done, int waiting, List<TaskRecord> wrong) {
        boolean more() {
            return done > 0 || waiting > 0 || !wrong.isEmpty();
        }
    }

    /**
     * Runs due tasks that may share a transaction.
     *
     * @throws Exception if the database does not answer; all tasks are then due as they were
     */
    public Step run(int limit) throws Exception {
        List<RunningTask> runs = new ArrayList<>();
        Stay stay = Stay.FREE;
        gate.prepare();
        transaction.begin();
        try {
            List<Success> successes = new ArrayList<>();
            // the search that follows skips paused queues
            PauseWindow window = new PauseWindow();
            long handlerNanos = 0;
            List<Locked> batch = batch(limit);
            List<TaskRecord> records = batch.stream().map(Locked::record).toList();
            stay = limits.enter(records);
            for (Locked locked : batch) {
                TaskRecord record = locked.record();
                if (locked.revoked()) {
                    return new Step(0, 0, List.of(record));
                }
                if (!stay.admits(record)) {
                    continue;
                }
                // The budget counts only the time of the handlers, so the first task runs however long the search has
                // taken. Otherwise a database slower than the budget would stop all work.
                if (handlerNanos > HandlerStats.BUDGET.toNanos()
                        || window.isPaused(locks, record.queue())
                        || !gate.enter(record)) {
                    break;
                }
                RunningTask run = new RunningTask(
                        record,
                        handlers.find(record.task()).orElseThrow().orTimeLimit(gate.timeLimit(record.queue())),
                        clock,
                        config.mask());
                runs.add(run);
                long start = System.nanoTime();
                Answer answer;
                try {
                    answer = invoker.answer(run);
                } finally {
                    gate.leave(record);
                }
                handlerNanos += System.nanoTime() - start;
                if (answer.error() != null || run.revoked() || transaction.getStatus() != Status.STATUS_ACTIVE) {
                    return new Step(0, 0, List.of(record));
                }
                successes.add(new Success(run.ended(config.node()), answer.result()));
            }
            return runs.isEmpty() && !stay.refuses()
                    ? new Step(0, 0, List.of())
                    : commit(runs, successes, records, stay);
        } finally {
            end(stay, runs);
        }
    }

    private void end(Stay stay, List<RunningTask> runs) throws Exception {
        try {
            TransactionalRun.rollback(transaction);
            for (RunningTask run : runs) {
                invoker.hide(run);
            }
        } finally {
            limits.leave(stay);
        }
    }

    /**
     * Locks the first due tasks that may share a commit. If a queue has no such task, its locks are released, because
     * the sweep handles the other tasks and must find them.
     */
    private List<Locked> batch(int limit) throws Exception {
        long now = clock.millis();
        long start = System.nanoTime();
        for (Turn turn : locks.due(now)) {
            List<Locked> found = locks.lockDue(turn, now, limit);
            List<Locked> batch = shared(found, now);
            if (!batch.isEmpty() || System.nanoTime() - start > LOOK.toNanos()) {
                return batch;
            }
            if (!found.isEmpty()) {
                transaction.rollback();
                transaction.begin();
            }
        }
        return List.of();
    }

    private List<Locked> shared(List<Locked> found, long now) {
        List<Locked> batch = new ArrayList<>();
        double full = 0;
        for (Locked locked : found) {
            TaskRecord record = locked.record();
            if (full < 1
                    && stats.shares(record, now)
                    && limits.share(record.task())
                    && gate.shares(record)
                    && !running.has(record)) {
                full += stats.share(record.task());
                batch.add(locked);
            }
        }
        return batch;
    }

    private Step commit(List<RunningTask> runs, List<Success> successes, List<TaskRecord> records, Stay stay)
            throws Exception {
        try {
            runs.forEach(invoker::writeLines);
            if (!successes.isEmpty()) {
                transitions.succeed(successes);
            }
            if (stay.refuses()) {
                limits.stand(records, stay.refused());
            }
            transaction.commit();
            runs.forEach(run -> metrics.ended(run.task(), TaskState.SUCCESS.name(), 1));
            return new Step(runs.size(), stay.refused().size(), List.of());
        } catch (Exception e) {
            if (monitor.isCauseOf(e)) {
                throw e;
            }
            // each task now runs alone, which shows the one that failed
            return new Step(0, 0, runs.stream().map(RunningTask::record).toList());
        }
    }
}
