package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All changes of a task's row, in the order of docs/explain/lifecycle.md: sent, held by a node, started, finished,
 * retried, parked, revoked, released, run again. Each UPDATE is guarded, either by the number of the run and the states
 * from which {@link TaskState#canBecome} leads to the new one, or by the lock that the caller's transaction has on the
 * row. {@link OldRecords} deletes old rows.
 *
 * <p>Uses JDBC, because a unit of work of JPA costs more than these statements. Always in the caller's transaction, on
 * the connection that JPA has in it. Not an EJB, for the same reason. Thread-safe.
 */
@ApplicationScoped
public class TaskTransitions {
    /** The number of rows in one INSERT, so that a large sendAll needs no more memory than a small one. */
    private static final int CHUNK = 1_000;

    private static final int PROGRESS_CHARS = 1_000;

    private static final String INSERT = "INSERT INTO errand_task (" + TaskRow.COLUMNS + ") VALUES ("
            + String.join(", ", Collections.nCopies(TaskRow.COUNT, "?")) + ")";

    private static final String INSERT_MANY = "INSERT INTO errand_task (" + TaskRow.COLUMNS + ") SELECT * FROM"
            + " unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[],"
            + " ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],"
            + " ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])";

    private static final String LEASE = "UPDATE errand_task SET node = ?, wake_at = ? WHERE id IN (%s)";

    private static final String WAKE = "UPDATE errand_task SET wake_at = ? WHERE id IN (%s)";

    private static final String WAIT_FOR_CALL = "UPDATE errand_task SET node = NULL, wake_at = ? WHERE id IN (%s)";

    private static final String CALL = "UPDATE errand_task SET wake_at = ? WHERE id = ? AND wake_at > ? AND due_at <= ?"
            + " AND node IS NULL AND state IN ('PENDING', 'RETRY')";

    private static final String HOLD =
            "UPDATE errand_task SET node = NULL, wake_at = ? WHERE state IN ('PENDING', 'RETRY') AND id IN (%s)";

    private static final String LET_GO =
            "UPDATE errand_task SET wake_at = due_at WHERE wake_at >= " + Held.FROM + " AND id IN (%s)";

    private static final String ASSIGN = "UPDATE errand_task SET application = ? WHERE id IN (%s)";

    private static final String START =
            "UPDATE errand_task SET state = 'STARTED', node = ?, started_at = ?, finished_at = NULL,"
                    + " progress_done = NULL, progress_total = NULL, progress_message = NULL, wake_at = ?"
                    + " WHERE id = ? AND run = ?" + from(TaskState.STARTED);

    private static final String RENEW = "UPDATE errand_task SET wake_at = ?, progress_done = ?, progress_total = ?,"
            + " progress_message = ? WHERE id = ? AND run = ? AND node = ? AND state = 'STARTED'";

    /** The unique key after SUCCESS. {@link KeyHolders} frees it once it has been taken for as long as its sender wants. */
    private static final String KEY_AFTER_SUCCESS = "CASE WHEN unique_until IS NULL THEN NULL ELSE live_key END";

    private static final String SUCCESS = "UPDATE errand_task t SET state = 'SUCCESS', wake_at = NULL, live_key = "
            + KEY_AFTER_SUCCESS + ","
            + " result = %s, node = %s, started_at = %s, finished_at = %s, error_type = NULL, error_message = NULL,"
            + " error_trace = NULL, progress_done = %s, progress_total = %s, progress_message = %s";

    private static final String SUCCEED = SUCCESS.formatted("?", "?", "?", "?", "?", "?", "?")
            + " WHERE t.id = ? AND t.run = ? AND t.state IN ('PENDING', 'RETRY')";

    private static final String SUCCEED_MANY =
            SUCCESS.formatted("s.result", "s.node", "s.started", "s.finished", "s.done", "s.total", "s.message")
                    + " FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[],"
                    + " ?::text[], ?::int[]) AS s (result, node, started, finished, done, total, message, id, run)"
                    + " WHERE t.id = s.id AND t.run = s.run";

    /** The columns that SUCCESS, FAILURE, REVOKED and RETRY have in common. */
    private static final String REPORT = " started_at = ?, finished_at = ?, error_type = ?, error_message = ?,"
            + " error_trace = ?, progress_done = ?, progress_total = ?, progress_message = ? WHERE id = ? AND run = ?";

    /** The UPDATE to a finished state, with that state and its guard. */
    private static final String END = "UPDATE errand_task SET state = '%s', wake_at = NULL, live_key = %s, node = ?,"
            + " result = ?," + REPORT + "%s";

    /**
     * The UPDATE to RETRY, with {@code argument} or {@code result}: without a changed argument, the result of an
     * earlier run is cleared.
     */
    private static final String RETRY =
            "UPDATE errand_task SET state = 'RETRY', wake_at = ?, due_at = ?, run = run + 1,"
                    + " retries = retries + 1, node = NULL, queue = COALESCE(?, queue), priority = COALESCE(?, priority),"
                    + " %s = ?," + REPORT + from(TaskState.RETRY);

    /** The UPDATE to a later run that counts no retry. Like a retry, it clears the result of an earlier run. */
    private static final String SNOOZE = "UPDATE errand_task SET state = 'PENDING', wake_at = ?, due_at = ?,"
            + " run = run + 1, node = NULL, result = NULL," + REPORT + " AND state IN ('PENDING', 'RETRY', 'STARTED')";

    private static final String PARK =
            "UPDATE errand_task SET state = 'PARKED', node = NULL, wake_at = NULL, parked_at = ? WHERE id = ?"
                    + from(TaskState.PARKED);

    private static final String UNPARK = "UPDATE errand_task SET state = 'PENDING', application = ?,"
            + " wake_at = GREATEST(due_at, ?), parked_at = NULL"
            + " WHERE state = 'PARKED' AND id IN (%s)";

    private static final String REVOKE = "UPDATE errand_task SET state = 'REVOKED', node = NULL, wake_at = NULL,"
            + " live_key = NULL, finished_at = ? WHERE id = ?" + from(TaskState.REVOKED);

    private static final String RELEASE = "UPDATE errand_task SET state = ?, node = NULL, wake_at = ?"
            + " WHERE id = ? AND run = ? AND state IN ('PENDING', 'RETRY', 'STARTED')";

    private static final String RELEASE_AFTER_CRASH =
            "UPDATE errand_task SET node = NULL, wake_at = ?, crashes = ? WHERE id = ?";

    private static final String LOSE = "UPDATE errand_task SET state = 'PENDING', run = run + 1, crashes = crashes + 1,"
            + " node = NULL, wake_at = ?, error_type = ?, error_message = ?, error_trace = NULL WHERE id = ? AND run = ?";

    /** The UPDATE of {@link NodeRelease} for a waiting record that the stopping node holds: the record becomes due. */
    static final String RELEASE_AT_STOP = "UPDATE errand_task SET node = NULL, wake_at = ? WHERE id = ? AND run = ?";

    /**
     * The UPDATE of {@link NodeRelease} that fences off a run that is still at work, so that its outcome changes
     * nothing. The run does not count as a crash.
     */
    static final String FENCE_OFF_AT_STOP = "UPDATE errand_task SET node = NULL, wake_at = ?, state = 'PENDING',"
            + " run = run + 1 WHERE id = ? AND run = ?";

    private static final String DUE_NOW =
            "UPDATE errand_task SET wake_at = ?, due_at = ? WHERE id = ? AND state = 'RETRY'";

    private static final String RUN_AGAIN = "UPDATE errand_task SET state = 'PENDING', wake_at = ?, due_at = ?,"
            + " application = COALESCE((SELECT h.application FROM errand_handler h WHERE h.task = errand_task.task), ''),"
            + " node = NULL, run = run + 1, retries = retries + ?, crashes = 0, live_key = unique_key,"
            + " expires_at = NULL, finished_at = NULL WHERE id = ? AND state IN ('FAILURE', 'REVOKED')";

    private static final String FREE_KEY =
            "UPDATE errand_task SET live_key = NULL WHERE id = ? AND state = 'SUCCESS' AND unique_until <= ?";

    /** The UPDATE of a waiting record. A node that is about to start it has the message of another run then. */
    private static final String CHANGE = "UPDATE errand_task SET argument = ?, queue = ?, priority = ?, due_at = ?,"
            + " expires_at = ?, wake_at = ?,"
            + " run = CASE WHEN node IS NULL THEN run ELSE run + 1 END, node = NULL"
            + " WHERE id = ? AND state IN ('PENDING', 'RETRY', 'PARKED')";
    /** The application of a task's handler by now. */
    private static final String APPLICATION =
            "COALESCE((SELECT h.application FROM errand_handler h WHERE h.task = %s.task), '')";

    private static final String RELEASED = "state = 'PENDING', argument = COALESCE(%s, %s.argument), due_at = %s,"
            + " wake_at = %s, application = " + APPLICATION;

    private static final String RELEASE_STEP = "UPDATE errand_task SET "
            + RELEASED.formatted("?", "errand_task", "?", "?", "errand_task") + " WHERE id = ? AND state = 'WAITING'";

    private static final String RELEASE_STEPS = "UPDATE errand_task t SET "
            + RELEASED.formatted("s.argument", "t", "s.due", "s.wake", "t")
            + " FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[]) AS s (argument, due, wake, id)"
            + " WHERE t.id = s.id AND t.state = 'WAITING'";

    private static final String BLOCK = "UPDATE errand_task SET state = '%s', node = NULL, wake_at = NULL,"
            + " live_key = NULL, finished_at = ?, error_type = ?, error_message = ?, error_trace = NULL"
            + " WHERE id = ? AND state = 'WAITING'";

    private static final String AWAIT_AGAIN = "UPDATE errand_task SET state = 'WAITING', wake_at = NULL, node = NULL,"
            + " run = run + 1, retries = retries + ?, crashes = 0, live_key = unique_key, expires_at = NULL,"
            + " finished_at = NULL, error_type = NULL, error_message = NULL, error_trace = NULL"
            + " WHERE id = ? AND state IN ('FAILURE', 'REVOKED')";

    private static final String REVIVE = "UPDATE errand_task SET state = 'WAITING', run = run + 1,"
            + " live_key = unique_key, expires_at = NULL, finished_at = NULL, error_type = NULL, error_message = NULL"
            + " WHERE id IN (%s) AND state = 'REVOKED' AND error_type = '" + ErrorText.STEP_FAILED + "'";

    @Inject
    Jdbc jdbc;

    @Inject
    StepRelease steps;

    /**
     * A step that is to be released.
     *
     * @param argument its argument as JSON; null for the one that it has
     * @param dueAt the time at which it is due, in milliseconds
     */
    public record Released(String id, String argument, long dueAt) {}

    /**
     * A run that succeeded.
     *
     * @param result the result as JSON, or null
     */
    public record Success(Ended ended, String result) {}

    /**
     * The changes that a handler asks for with its retry. Null means: as it is.
     *
     * @param argument the next argument as JSON, if {@code argumentChanged}
     */
    public record Changes(boolean argumentChanged, String argument, String queue, Integer priority) {
        public static final Changes NONE = new Changes(false, null, null, null);
    }

    /**
     * The values of a waiting task that its sender or an administrator can change.
     *
     * @param argument JSON, or null
     * @param dueAt in milliseconds
     * @param expiresAt in milliseconds; null for never
     */
    public record Waiting(String argument, String queue, int priority, long dueAt, Long expiresAt) {}

    /** Adds sent tasks. Writes at once, so that the sender learns at once of a duplicate id or key. */
    public void insert(List<TaskRecord> records) {
        for (int from = 0; from < records.size(); from += CHUNK) {
            jdbc.write(
                    INSERT,
                    INSERT_MANY,
                    records.subList(from, Math.min(records.size(), from + CHUNK)).stream()
                            .map(TaskRow::values)
                            .toList());
        }
    }

    /**
     * Adds sent tasks whose ids and unique keys are free, by one statement.
     *
     * @param impatient whether to fail rather than to wait long for another transaction that has an id or a key but has not
     *     committed; H2 waits for its lock timeout
     * @return the ids of the added tasks
     * @throws jakarta.persistence.PersistenceException for a violated constraint, on a database that cannot tell which tasks it
     *     would have added; the transaction must be rolled back
     */
    public Set<String> insertFree(List<TaskRecord> records, boolean impatient) {
        return jdbc.insertFree(
                INSERT, INSERT_MANY, records.stream().map(TaskRow::values).toList(), impatient);
    }

    /**
     * Adds a sent task if its id and its unique key are free. The transaction can continue either way.
     *
     * @return false if the id or the key is taken
     */
    public boolean insertIfFree(TaskRecord record) {
        return jdbc.insertIfFree(INSERT, TaskRow.values(record));
    }

    /** Frees the unique key of a SUCCESS that has kept it for as long as its sender wanted. */
    void freeKey(String id, long now) {
        jdbc.update(FREE_KEY, id, now);
    }

    /** Changes a locked record that waits. A node that is about to start it no longer can; it is due as it says. */
    public void change(TaskRecord locked, Waiting next) {
        jdbc.update(
                CHANGE,
                next.argument,
                next.queue,
                next.priority,
                next.dueAt,
                next.expiresAt,
                locked.state == TaskState.PARKED ? null : next.dueAt,
                locked.id);
    }

    /** Leases locked records to a node, which is about to send a message for each. */
    public void lease(Collection<TaskRecord> locked, String node, long until) {
        updateAll(LEASE, locked, node, until);
    }

    /** Makes nodes check locked records again at that time, because a clock was set. */
    public void wake(Collection<TaskRecord> locked, long at) {
        updateAll(WAKE, locked, at);
    }

    /** Makes locked, waiting records wait for a limit, held by no node. {@link LineRecords} has them from then on. */
    public void waitForCall(Collection<TaskRecord> locked) {
        updateAll(WAIT_FOR_CALL, locked, TaskRecord.NOT_CALLED);
    }

    /**
     * Makes a task due that waits for a limit, at that time.
     *
     * @return false if it is due by then, is held by a node, or has to wait for its eta or its retry
     */
    public boolean call(String id, long at) {
        return jdbc.update(CALL, at, id, at, at) == 1;
    }

    /** Makes locked, waiting records of one name wait until {@link #letGo}. */
    public void hold(Collection<TaskRecord> locked, String task) {
        updateAll(HOLD, locked, Held.wakeAt(task));
    }

    /** Makes locked records wait no longer than until they are due. */
    public void letGo(Collection<TaskRecord> locked) {
        updateAll(LET_GO, locked);
    }

    /** Gives locked, waiting records to the nodes of an application. Their state and their time stay. */
    public void assign(Collection<TaskRecord> locked, String application) {
        updateAll(ASSIGN, locked, application);
    }

    /** Starts a leased run; other nodes may take it over when the lease ends. */
    public void start(TaskRecord claimed, String node, long now, long leaseEnd) {
        jdbc.update(START, node, now, leaseEnd, claimed.id, claimed.run);
    }

    /**
     * Prolongs the lease of a run, and records its progress.
     *
     * @return false if another node has taken the task over
     */
    public boolean renew(String id, int run, String node, long leaseEnd, Progress progress) {
        return jdbc.update(RENEW, values(new Object[] {leaseEnd}, progress, id, run, node)) == 1;
    }

    /**
     * Makes runs SUCCESS that this transaction has claimed.
     *
     * @throws IllegalStateException if it has not claimed one of them; the transaction must be rolled back
     */
    public void succeed(List<Success> successes) {
        int changed = jdbc.write(
                SUCCEED,
                SUCCEED_MANY,
                successes.stream().map(TaskTransitions::values).toList());
        if (changed != successes.size()) {
            throw new IllegalStateException("The record of a claimed run is no longer at that run.");
        }
        steps.succeeded(successes.stream().map(Success::ended).toList());
    }

    private static Object[] values(Success success) {
        Ended ended = success.ended();
        return values(
                new Object[] {success.result(), ended.node(), ended.startedAt(), ended.finishedAt()},
                ended.progress(),
                ended.id(),
                ended.run());
    }

    /**
     * Makes a task SUCCESS, FAILURE or REVOKED.
     *
     * @return false if the record is no longer at this run, so that the outcome changes nothing
     */
    public boolean end(Ended ended, TaskState state, String result, ErrorText error) {
        boolean changed = jdbc.update(
                        END.formatted(state, state == TaskState.SUCCESS ? KEY_AFTER_SUCCESS : "NULL", from(state)),
                        report(ended, error, ended.node(), result))
                == 1;
        if (changed && state == TaskState.SUCCESS) {
            steps.succeeded(List.of(ended));
        } else if (changed) {
            steps.stopped(ended.id(), ended.workflow(), ended.finishedAt());
        }
        return changed;
    }

    /**
     * Makes a task RETRY: the run goes into the history, and the next one is due at the given time.
     *
     * @return false as for {@link #end}
     */
    public boolean retry(Ended ended, ErrorText error, long dueAt, Changes changes) {
        String update = RETRY.formatted(changes.argumentChanged() ? "argument" : "result");
        Object[] values = report(ended, error, dueAt, dueAt, changes.queue(), changes.priority(), changes.argument());
        boolean changed = jdbc.update(update, values) == 1;
        if (changed) {
            addToHistory(ended, TaskState.RETRY, error);
        }
        return changed;
    }

    /**
     * Makes a task PENDING whose handler asked for a later run: this run goes into the history.
     *
     * @return false as for {@link #end}
     */
    public boolean snooze(Ended ended, long dueAt) {
        boolean changed = jdbc.update(SNOOZE, report(ended, null, dueAt, dueAt)) == 1;
        if (changed) {
            addToHistory(ended, TaskState.PENDING, null);
        }
        return changed;
    }

    private void addToHistory(Ended ended, TaskState state, ErrorText error) {
        RunHistory.add(
                jdbc,
                new RunRecord(
                        ended.id(), ended.run(), state, ended.node(), ended.startedAt(), ended.finishedAt(), error));
    }

    /** Returns the parameters of a statement with {@link #REPORT}. */
    private static Object[] report(Ended ended, ErrorText error, Object... first) {
        List<Object> values = new ArrayList<>(Arrays.asList(first));
        values.add(ended.startedAt());
        values.add(ended.finishedAt());
        values.add(error == null ? null : error.type());
        values.add(error == null ? null : error.message());
        values.add(error == null ? null : error.trace());
        return values(values.toArray(), ended.progress(), ended.id(), ended.run());
    }

    private static Object[] values(Object[] first, Progress progress, Object... last) {
        List<Object> values = new ArrayList<>(Arrays.asList(first));
        values.add(progress == null ? null : progress.done());
        values.add(progress == null ? null : progress.total());
        values.add(progress == null ? null : ErrorText.clean(progress.message(), PROGRESS_CHARS));
        values.addAll(Arrays.asList(last));
        return values.toArray();
    }

    /** Makes a locked record PARKED, because no handler has its name. */
    public void park(TaskRecord locked, long now) {
        jdbc.update(PARK, now, locked.id);
    }

    /** Makes locked, parked records PENDING, because a handler of that application has their name. */
    public void unpark(Collection<TaskRecord> locked, String application, long now) {
        updateAll(UNPARK, locked, application, now);
    }

    /** Makes a locked record REVOKED. */
    public void revoke(TaskRecord locked, long now) {
        jdbc.update(REVOKE, now, locked.id);
        steps.stopped(locked.id, locked.workflow, now);
    }

    /** Makes locked steps PENDING that are WAITING, because the steps for which they wait are finished. */
    public void releaseSteps(List<Released> locked) {
        if (!locked.isEmpty()) {
            jdbc.write(
                    RELEASE_STEP,
                    RELEASE_STEPS,
                    locked.stream()
                            .map(step -> new Object[] {step.argument(), step.dueAt(), step.dueAt(), step.id()})
                            .toList());
        }
    }

    /**
     * Makes a locked step REVOKED or FAILURE that is WAITING and can never run.
     *
     * @param error the reason
     */
    public void block(String locked, TaskState state, ErrorText error, long now) {
        jdbc.update(BLOCK.formatted(state), now, error.type(), error.message(), locked);
    }

    /**
     * Makes a locked step WAITING that is FAILURE or REVOKED. Its last run, if it had one, goes into the history.
     *
     * @throws jakarta.persistence.PersistenceException for a violated constraint if another task has its unique key by now
     */
    public void awaitAgain(TaskRecord locked) {
        jdbc.update(AWAIT_AGAIN, keepLastRun(locked) ? 1 : 0, locked.id);
    }

    /** Makes steps WAITING again that are REVOKED because of a step that is now retried. */
    public void revive(List<String> ids) {
        StepRelease.inChunks(ids, chunk -> {
            jdbc.update(REVIVE.formatted(StepRelease.marks(chunk)), chunk.toArray());
            return List.of();
        });
    }

    /** Makes a locked record wait again, held by no node. A started run that is released does not count. */
    public void release(TaskRecord locked, long wakeAt) {
        TaskState waiting = locked.state() == TaskState.RETRY ? TaskState.RETRY : TaskState.PENDING;
        jdbc.update(RELEASE, waiting.name(), wakeAt, locked.id, locked.run);
    }

    /** Releases a locked, waiting record that a node held when it crashed. */
    public void releaseAfterCrash(TaskRecord locked, long now, int crashes) {
        jdbc.update(RELEASE_AFTER_CRASH, now, crashes, locked.id);
    }

    /** Releases a locked record whose leased run is lost with its node: the run goes into the history. */
    public void lose(TaskRecord locked, long now, ErrorText error) {
        RunHistory.add(
                jdbc,
                new RunRecord(locked.id, locked.run, TaskState.PENDING, locked.node, locked.startedAt, now, error));
        jdbc.update(LOSE, now, error.type(), error.message(), locked.id, locked.run);
    }

    /** Makes a locked record due that waits for its retry. */
    public void dueNow(TaskRecord locked, long now) {
        jdbc.update(DUE_NOW, now, now, locked.id);
    }

    /**
     * Gives a locked record that is FAILURE or REVOKED one more run. Its last run, if it had one, goes into the history.
     *
     * @throws jakarta.persistence.PersistenceException for a violated constraint if another task has its unique key by now
     */
    public void runAgain(TaskRecord locked, long now) {
        jdbc.update(RUN_AGAIN, now, now, keepLastRun(locked) ? 1 : 0, locked.id);
    }

    /**
     * Puts the last run of a finished record into the history.
     *
     * @return false if it had none
     */
    private boolean keepLastRun(TaskRecord locked) {
        boolean ran = locked.startedAt != null;
        if (ran && !RunHistory.has(jdbc, locked.id, locked.run)) {
            ErrorText error = locked.errorType == null
                    ? null
                    : new ErrorText(locked.errorType, locked.errorMessage, locked.errorTrace);
            RunHistory.add(
                    jdbc,
                    new RunRecord(
                            locked.id,
                            locked.run,
                            locked.state,
                            locked.node,
                            locked.startedAt,
                            locked.finishedAt,
                            error));
        }
        return ran;
    }

    private void updateAll(String update, Collection<TaskRecord> locked, Object... first) {
        if (!locked.isEmpty()) {
            List<Object> values = new ArrayList<>(Arrays.asList(first));
            locked.forEach(record -> values.add(record.id));
            String ids = String.join(", ", Collections.nCopies(locked.size(), "?"));
            jdbc.update(update.formatted(ids), values.toArray());
        }
    }

    /** Returns the guard of an UPDATE that leads to a state. */
    private static String from(TaskState next) {
        return TaskState.thatCanBecome(next).stream()
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(", ", " AND state IN (", ")"));
    }
}
