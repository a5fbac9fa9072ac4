package dev.errand.store;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Object> values = new ArrayList<>();
        return jdbc.read(statement(filter, cursor, ids, values), ListSql::record, values.toArray());
    }

    private String statement(TaskFilter filter, Cursor cursor, List<String> ids, List<Object> values) {
        if (!ids.isEmpty()) {
            values.addAll(ids);
            String named = "t.id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ") AND " + RUNNING;
            return part("", named, "", filter, cursor, values);
        }
        if (filter.state() != null) {
            return ofState(filter.state(), mayRun(filter.state()) ? " AND NOT " + RUNNING : "", filter, cursor, values);
        }
        // a page of each state, since each index begins with one: an index without the state would cost each task one
        // more entry
        return Stream.of(TaskState.values())
                .map(state -> "(" + ofState(state, "", filter, cursor, values) + ")")
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY created_at DESC, id DESC" + limit(filter)));
    }

    private String ofState(TaskState state, String condition, TaskFilter filter, Cursor cursor, List<Object> values) {
        values.add(state.name());
        boolean both = filter.task() != null && filter.queue() != null;
        String index;
        String begins;
        if (filter.task() != null) {
            index = "errand_task_by_task";
            begins = "t.task, t.state, ";
        } else if (filter.queue() != null) {
            index = "errand_task_by_queue";
            begins = "t.queue, t.state, ";
        } else {
            index = jdbc.dialect().newest();
            begins = "t.state, ";
        }
        // H2 has no statistics that would tell it which of two is the better
        boolean hint = !both || jdbc.dialect() == Dialect.H2;
        return part(hint ? jdbc.dialect().index(index) : "", "t.state = ?" + condition, begins, filter, cursor, values);
    }

    /** @param begins the columns with which the index begins: without them H2 does not see that it has the order */
    private static String part(
            String index, String condition, String begins, TaskFilter filter, Cursor cursor, List<Object> values) {
        StringBuilder sql =
                new StringBuilder(COLUMNS).append(index).append(" WHERE ").append(condition);
        if (filter.task() != null) {
            sql.append(" AND t.task = ?");
            values.add(filter.task());
        }
        if (filter.queue() != null) {
            sql.append(" AND t.queue = ?");
            values.add(filter.queue());
        }
        if (cursor != null) {
            // the first comparison is for the index, which begins there
            sql.append(" AND t.created_at <= ? AND (t.created_at < ? OR t.id < ?)");
            values.addAll(List.of(cursor.createdAt(), cursor.createdAt(), cursor.id()));
        }
        return sql.append(" ORDER BY ")
                .append(begins)
                .append("t.created_at DESC, t.id DESC")
                .append(limit(filter))
                .toString();
    }

    /** As text: a planner that does not know it may sort the whole table. */
    private static String limit(TaskFilter filter) {
        return " LIMIT " + (filter.limit() + 1);
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
