package dev.errand.manage;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.NotFoundException;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.WorkflowPage;
import dev.errand.config.EngineClock;
import dev.errand.queue.AfterCommit;
import dev.errand.run.RunningTask;
import dev.errand.run.RunningTasks;
import dev.errand.store.ControlRecords;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.WorkflowProgress;
import dev.errand.store.WorkflowRecords;
import dev.errand.store.database.SqlErrors;
import dev.errand.store.view.PageCursor;
import dev.errand.store.view.WorkflowQueries;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions of users on workflows, for callers whose rights have been checked. An action on many steps is many short
 * transactions, each a call.
 */
@Stateless
@Interceptors(DatabaseDownInterceptor.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WorkflowAdministration {
    /** The number of steps per transaction. */
    private static final int CHUNK = 100;

    @Inject
    private WorkflowQueries queries;

    @Inject
    private WorkflowRecords workflows;

    @Inject
    private WorkflowProgress progress;

    @Inject
    private ControlRecords control;

    @Inject
    private TaskRecords records;

    @Inject
    private RunningTasks running;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    @EngineClock
    private Clock clock;

    public Optional<WorkflowInfo> find(String id) {
        return queries.find(id);
    }

    /** Returns the workflow, or throws that it is not there. */
    public WorkflowInfo known(String id) {
        return find(id).orElseThrow(() -> new NotFoundException("No workflow has the id \"" + id
                + "\". It was never started, its transaction was rolled back, or it was pruned."));
    }

    public WorkflowPage list(int limit, String cursor) {
        List<WorkflowInfo> found = queries.list(limit, PageCursor.of(cursor));
        if (found.size() <= limit) {
            return new WorkflowPage(found, null);
        }
        WorkflowInfo last = found.get(limit - 1);
        return new WorkflowPage(
                found.subList(0, limit), new PageCursor(last.createdAt().toEpochMilli(), last.id()).text());
    }

    /** Refuses additions from now on. */
    public void beginRevoke(String id) {
        workflows.revoked(id, clock.millis());
    }

    /**
     * Revokes some of the unfinished steps, those that wait for others first.
     *
     * @return false if none is left that was not revoked
     */
    public boolean revokeSome(String id, String by) {
        List<String> steps = workflows.unfinished(id, CHUNK);
        boolean changed = false;
        for (String step : steps) {
            Revoke answer = control.revoke(step, by, clock.millis());
            changed |= answer == Revoke.REVOKED || answer == Revoke.REVOKED_AT_LAST || answer == Revoke.ASKED;
            if (answer == Revoke.ASKED) {
                afterCommit.then(() -> running.find(step).ifPresent(RunningTask::revoke));
            }
        }
        return changed;
    }

    /** Makes a workflow unfinished again. */
    public void beginRetry(String id) {
        workflows.reopen(id);
    }

    /**
     * Retries some of the steps that ended in FAILURE or REVOKED.
     *
     * @param before the place behind which to continue
     * @return the place of the last one; null if there is none
     */
    public Integer retrySome(String id, int before, String by) {
        List<Map.Entry<Integer, String>> steps = workflows.retriable(id, before, CHUNK);
        long now = clock.millis();
        for (Map.Entry<Integer, String> step : steps) {
            records.lock(step.getValue())
                    .filter(record -> record.state().finished())
                    .ifPresent(record -> retry(record, by, now));
        }
        afterCommit.publish(List.of(), now);
        return steps.isEmpty() ? null : steps.get(steps.size() - 1).getKey();
    }

    private void retry(TaskRecord record, String by, long now) {
        try {
            progress.retryAlone(record, now);
        } catch (RuntimeException e) {
            if (SqlErrors.constraintViolated(e)) {
                throw new DuplicateTaskException("The step \"" + record.step() + "\"[" + record.id()
                        + "] cannot be retried: another task has the same unique key \"" + record.uniqueKey()
                        + "\" and is not finished. Wait for it, or revoke it.");
            }
            throw e;
        }
        control.retried(record, by, now);
    }

    /** Lets all steps wait again that are REVOKED because of others. */
    public void endRetry(String id) {
        progress.reviveAll(id);
    }
}
