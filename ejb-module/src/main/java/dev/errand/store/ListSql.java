package dev.errand.store;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the tasks of a list. Only the columns that a list shows, and of texts without a limit only their beginning: the cost of
 * a list depends on the number of tasks, not on the size of their arguments.
 */
final class ListSql {
    /** The characters of an argument, a result or a message in a list. */
    static final int MAX_CHARS = 300;

    /** One character more tells a text that is cut from one that is not. */
    private static final String BEGINNING = "SUBSTRING(t.%s, 1, " + (MAX_CHARS + 1) + ")";

    private static final String COLUMNS = "SELECT t.id, t.task, t.queue, t.state, t.priority, t.run, t.retries,"
            + " t.max_retries, t.due_at, t.expires_at, t.created_at, t.started_at, t.finished_at, t.node, t.sent_by,"
            + " t.unique_key, " + BEGINNING.formatted("argument") + ", " + BEGINNING.formatted("result")
            + ", t.error_type, " + BEGINNING.formatted("error_message") + ", t.progress_done, t.progress_total, "
            + BEGINNING.formatted("progress_message") + " FROM errand_task t";

    /** A transactional run that lasts: its record says PENDING or RETRY until it commits. */
    private static final String RUNNING =
            "EXISTS (SELECT 1 FROM errand_running g WHERE g.task_id = t.id AND g.run = t.run)";

    private final Jdbc jdbc;

    ListSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Newest first, one more than the limit.
     *
     * @param ids those of transactional runs that last: only these tasks, if they still run; empty for all tasks
     */
    List<TaskRecord> read(TaskFilter filter, Cursor cursor, List<String> ids) {
        List<String> where = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (!ids.isEmpty()) {
            where.add("t.id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") AND " + RUNNING);
            values.addAll(ids);
        }
        if (filter.state() != null) {
            where.add("t.state = ?" + (mayRun(filter.state()) ? " AND NOT " + RUNNING : ""));
            values.add(filter.state().name());
        }
        if (filter.task() != null) {
            where.add("t.task = ?");
            values.add(filter.task());
        }
        if (filter.queue() != null) {
            where.add("t.queue = ?");
            values.add(filter.queue());
        }
        if (cursor != null) {
            where.add("(t.created_at < ? OR (t.created_at = ? AND t.id < ?))");
            values.addAll(List.of(cursor.createdAt(), cursor.createdAt(), cursor.id()));
        }
        // the limit as text: a planner that does not know it may sort the whole table
        String sql = COLUMNS + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                + " ORDER BY t.created_at DESC, t.id DESC LIMIT " + (filter.limit() + 1);
        return jdbc.read(sql, ListSql::record, values.toArray());
    }

    private static boolean mayRun(TaskState state) {
        return state == TaskState.PENDING || state == TaskState.RETRY;
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
        record.dueAt = row.getLong(9);
        record.expiresAt = row.getObject(10, Long.class);
        record.createdAt = row.getLong(11);
        record.startedAt = row.getObject(12, Long.class);
        record.finishedAt = row.getObject(13, Long.class);
        record.node = row.getString(14);
        record.sentBy = row.getString(15);
        record.uniqueKey = row.getString(16);
        record.argument = row.getString(17);
        record.result = row.getString(18);
        record.errorType = row.getString(19);
        record.errorMessage = ErrorText.clean(row.getString(20), MAX_CHARS);
        record.progressDone = row.getObject(21, Long.class);
        record.progressTotal = row.getObject(22, Long.class);
        record.progressMessage = ErrorText.clean(row.getString(23), MAX_CHARS);
        return record;
    }
}
