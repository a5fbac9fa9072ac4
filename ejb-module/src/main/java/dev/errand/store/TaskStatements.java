package dev.errand.store;

import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The statements that each task needs, by JDBC: a unit of work of JPA costs more than they do. Always in the caller's
 * transaction, on the connection that JPA has in it. No EJB, for the same reason; thread-safe.
 */
@ApplicationScoped
public class TaskStatements {
    /** So many rows are written before the next are made, so that a large sendAll needs no more memory than a small one. */
    private static final int CHUNK = 1_000;

    private static final String COLUMNS =
            "id, task, queue, state, priority, run, retries, max_retries, crashes, wake_at,"
                    + " due_at, expires_at, created_at, node, sent_by, unique_key, live_key, argument";
    private static final int REVOKED = 19;
    private static final String SELECT = "SELECT " + COLUMNS
            + ", EXISTS (SELECT 1 FROM errand_revocation v WHERE v.task_id = t.id) AS revoked FROM ";
    private static final String LOCK = " FOR UPDATE SKIP LOCKED";

    /** What waits, unless its queue is paused; and nobody else has it. */
    private static final String CLAIM = SELECT
            + "errand_task t WHERE t.id = ? AND t.run = ? AND t.state IN ('PENDING', 'RETRY')"
            + " AND NOT EXISTS (SELECT 1 FROM errand_queue q WHERE q.name = t.queue AND q.paused = TRUE)" + LOCK;

    private static final String PAUSED = "SELECT name FROM errand_queue WHERE name = ? AND paused = TRUE";

    private static final String INSERT = "INSERT INTO errand_task (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?," + " ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_MANY =
            "INSERT INTO errand_task (" + COLUMNS + ") SELECT * FROM unnest(?::text[],"
                    + " ?::text[], ?::text[], ?::text[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[],"
                    + " ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])";

    private static final String SUCCESS = "UPDATE errand_task t SET state = 'SUCCESS', wake_at = NULL, live_key = NULL,"
            + " result = %s, node = %s, started_at = %s, finished_at = %s, error_type = NULL, error_message = NULL,"
            + " error_trace = NULL, progress_done = %s, progress_total = %s, progress_message = %s";
    private static final String SUCCEED = SUCCESS.formatted("?", "?", "?", "?", "?", "?", "?")
            + " WHERE t.id = ? AND t.run = ? AND t.state IN ('PENDING', 'RETRY')";
    private static final String SUCCEED_MANY =
            SUCCESS.formatted("s.result", "s.node", "s.started", "s.finished", "s.done", "s.total", "s.message")
                    + " FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],"
                    + " ?::int[]) AS s (result, node, started, finished, done, total, message, id, run)"
                    + " WHERE t.id = s.id AND t.run = s.run";

    @Inject
    @TaskDatabase
    DataSource dataSource;

    @Inject
    DueFinder finder;

    private volatile Jdbc jdbc;

    private Jdbc jdbc() {
        if (jdbc == null) {
            jdbc = new Jdbc(dataSource);
        }
        return jdbc;
    }

    /** A record that this transaction has. @param revoked whether somebody asked for it not to run */
    public record Locked(TaskRecord record, boolean revoked) {}

    /** A run that went well. @param result as JSON, or null */
    public record Success(Ended ended, String result) {}

    /** Written at once, so that a taken id or key is known at once. */
    public void insert(List<TaskRecord> records) {
        for (int from = 0; from < records.size(); from += CHUNK) {
            jdbc().write(
                            INSERT,
                            INSERT_MANY,
                            records.subList(from, Math.min(records.size(), from + CHUNK)).stream()
                                    .map(TaskStatements::values)
                                    .toList());
        }
    }

    private static Object[] values(TaskRecord record) {
        return new Object[] {
            record.id,
            record.task,
            record.queue,
            record.state.name(),
            record.priority,
            record.run,
            record.retries,
            record.maxRetries,
            record.crashes,
            record.wakeAt,
            record.dueAt,
            record.expiresAt,
            record.createdAt,
            record.node,
            record.sentBy,
            record.uniqueKey,
            record.liveKey,
            record.argument
        };
    }

    /**
     * Claims a run: from here to the end of the transaction nobody else has it. Nothing, if somebody else has or had it, if
     * its queue is paused, or if somebody revoked it.
     */
    public Optional<TaskRecord> claim(String id, int run) {
        return jdbc().read(CLAIM, TaskStatements::locked, id, run).stream()
                .filter(locked -> !locked.revoked)
                .map(Locked::record)
                .findFirst();
    }

    /** Returns whether a queue is paused; what is committed counts, whatever this transaction has read before. */
    public boolean isPaused(String queue) {
        return !jdbc().read(PAUSED, row -> row.getString(1), queue).isEmpty();
    }

    /** Finds the queues with due tasks, highest priority first. */
    public List<Turn> due(long now) {
        return finder.look(now, false).turns();
    }

    /** Locks due tasks; see {@link DueLock}. */
    public List<Locked> lockDue(Turn turn, long now, int room) {
        return new DueLock(jdbc().dialect(), finder, SELECT)
                .lock(
                        turn,
                        now,
                        room,
                        (sql, values) -> jdbc().read(sql, TaskStatements::locked, values),
                        locked -> locked.record().queue);
    }

    private static Locked locked(ResultSet row) throws SQLException {
        return new Locked(record(row), row.getBoolean(REVOKED));
    }

    private static TaskRecord record(ResultSet row) throws SQLException {
        TaskRecord record = new TaskRecord();
        record.id = row.getString(1);
        record.task = row.getString(2);
        record.queue = row.getString(3);
        record.state = TaskState.valueOf(row.getString(4));
        record.priority = row.getInt(5);
        record.run = row.getInt(6);
        record.retries = row.getInt(7);
        record.maxRetries = row.getObject(8, Integer.class);
        record.crashes = row.getInt(9);
        record.wakeAt = row.getObject(10, Long.class);
        record.dueAt = row.getLong(11);
        record.expiresAt = row.getObject(12, Long.class);
        record.createdAt = row.getLong(13);
        record.node = row.getString(14);
        record.sentBy = row.getString(15);
        record.uniqueKey = row.getString(16);
        record.liveKey = row.getString(17);
        record.argument = row.getString(18);
        return record;
    }

    /** SUCCESS for runs that this transaction has claimed. @throws IllegalStateException if one is not: roll back */
    public void succeed(List<Success> successes) {
        int changed = jdbc().write(
                        SUCCEED,
                        SUCCEED_MANY,
                        successes.stream().map(TaskStatements::values).toList());
        if (changed != successes.size()) {
            throw new IllegalStateException("A run that was claimed is no longer its record's.");
        }
    }

    private static Object[] values(Success success) {
        Ended ended = success.ended();
        Progress progress = ended.progress();
        return new Object[] {
            success.result(),
            ended.node(),
            ended.startedAt(),
            ended.finishedAt(),
            progress == null ? null : progress.done(),
            progress == null ? null : progress.total(),
            progress == null ? null : ErrorText.clean(progress.message(), 1_000),
            ended.id(),
            ended.run()
        };
    }
}
