package dev.errand.store;

import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The lines of tasks that wait for a limit. A task stands in one line at a time, and is not due until it is called. Always in
 * the caller's transaction. Thread-safe.
 */
@ApplicationScoped
public class LineRecords {
    private static final String COLUMNS =
            "l.task_id, l.limit_name, l.limit_key, l.urgency, l.sent_order, l.called_at, l.since_at";
    private static final String OF_LIMIT = " WHERE l.limit_name = ? AND l.limit_key = ?";
    private static final String ORDER =
            " ORDER BY l.limit_name, l.limit_key, l.urgency, l.sent_order, l.task_id LIMIT ";

    /** The condition that a task may run as soon as it is called. */
    private static final String RUNNABLE =
            " AND NOT EXISTS (SELECT 1 FROM errand_queue q WHERE q.name = l.queue AND q.paused = TRUE)";

    private static final int CHUNK = 500;

    @Inject
    Jdbc jdbc;

    /**
     * A task in a line.
     *
     * @param urgency 9 minus the priority
     * @param calledAt the time at which the task was called, in milliseconds of the database's clock; null while it waits
     * @param sinceAt the time from which on it has waited, in milliseconds of the node's clock
     */
    public record Waiting(String taskId, LimitKey limit, int urgency, long sentOrder, Long calledAt, long sinceAt) {}

    /**
     * A task in a line, with its row.
     *
     * @param state null if the task is gone
     * @param blocked whether the task is not due
     */
    public record InLine(Waiting waiting, TaskState state, boolean blocked) {}

    /** A task that enters a line. */
    public record Entry(TaskRecord record, LimitKey limit, long sentOrder) {}

    /** Puts tasks into a line, or into another one if they stand in one. A task that was called loses its turn. */
    public void put(Collection<Entry> entries, long now) {
        for (Entry entry : entries) {
            Object[] row = {
                entry.limit.name(),
                entry.limit.key(),
                9 - entry.record.priority(),
                entry.sentOrder,
                entry.record.queue(),
                now,
                entry.record.id()
            };
            if (!jdbc.insertNew(
                    "INSERT INTO errand_line (limit_name, limit_key, urgency, sent_order, queue, since_at, task_id)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row)) {
                jdbc.update(
                        "UPDATE errand_line SET limit_name = ?, limit_key = ?, urgency = ?, queue = ?, called_at = NULL"
                                + " WHERE task_id = ?",
                        entry.limit.name(),
                        entry.limit.key(),
                        9 - entry.record.priority(),
                        entry.record.queue(),
                        entry.record.id());
            }
        }
    }

    /** Puts tasks that are being sent into a line, by one statement. */
    public void add(Collection<Entry> entries, long now) {
        List<Object[]> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(new Object[] {
                entry.record.id(),
                entry.limit.name(),
                entry.limit.key(),
                9 - entry.record.priority(),
                entry.sentOrder,
                entry.record.queue(),
                now
            });
        }
        String insert =
                "INSERT INTO errand_line (task_id, limit_name, limit_key, urgency, sent_order, queue, since_at)";
        for (int from = 0; from < rows.size(); from += CHUNK) {
            jdbc.write(
                    insert + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    insert + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::text[],"
                            + " ?::bigint[])",
                    rows.subList(from, Math.min(rows.size(), from + CHUNK)));
        }
    }

    /** Returns those of the tasks that stand in a line. */
    public List<Waiting> find(Collection<String> taskIds) {
        List<Waiting> found = new ArrayList<>();
        List<String> ids = List.copyOf(taskIds);
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            found.addAll(jdbc.read(
                    "SELECT " + COLUMNS + " FROM errand_line l WHERE l.task_id IN (" + marks(some.size()) + ")",
                    LineRecords::waiting,
                    some.toArray()));
        }
        return found;
    }

    public Optional<Waiting> find(String taskId) {
        return find(List.of(taskId)).stream().findFirst();
    }

    /** Returns whether any task stands in the line. */
    public boolean exists(LimitKey limit) {
        return !jdbc.read("SELECT 1 FROM errand_line l" + OF_LIMIT + " LIMIT 1", row -> true, limit.name(), limit.key())
                .isEmpty();
    }

    /**
     * Returns whether a task stands before this one that could run.
     *
     * @param calledBefore the time, in milliseconds of the database's clock, before which a call has been in vain
     */
    public boolean isBehind(Waiting task, long calledBefore) {
        return jdbc
                .read(
                        "SELECT l.task_id FROM errand_line l JOIN errand_task t ON t.id = l.task_id" + OF_LIMIT
                                + " AND t.state IN ('PENDING', 'RETRY')"
                                + " AND (l.called_at IS NULL OR l.called_at > ? OR l.task_id = ?)" + RUNNABLE + ORDER
                                + 1,
                        row -> row.getString(1),
                        task.limit.name(),
                        task.limit.key(),
                        calledBefore,
                        task.taskId)
                .stream()
                .anyMatch(first -> !first.equals(task.taskId));
    }

    /** Returns the first tasks of a line, without those whose queue is paused. */
    public List<InLine> first(LimitKey limit, int most) {
        return jdbc.read(
                // the limit is inside, so that a planner without statistics reads only these tasks
                "SELECT " + COLUMNS + ", t.state, t.wake_at FROM (SELECT l.* FROM errand_line l" + OF_LIMIT + RUNNABLE
                        + ORDER + most + ") l LEFT JOIN errand_task t ON t.id = l.task_id"
                        + " ORDER BY l.urgency, l.sent_order, l.task_id",
                row -> new InLine(
                        waiting(row),
                        row.getString(8) == null ? null : TaskState.valueOf(row.getString(8)),
                        row.getLong(9) == TaskRecord.NOT_CALLED),
                limit.name(),
                limit.key());
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getString(1),
                new LimitKey(row.getString(2), row.getString(3)),
                row.getInt(4),
                row.getLong(5),
                row.getObject(6, Long.class),
                row.getLong(7));
    }

    /**
     * Notes that a task is called.
     *
     * @return false if another node has done so, or the task has left the line
     */
    public boolean call(Waiting task, long now) {
        return jdbc.update(
                        "UPDATE errand_line SET called_at = ? WHERE task_id = ? AND limit_name = ? AND limit_key = ?"
                                + " AND (called_at IS NULL OR called_at = ?)",
                        now,
                        task.taskId,
                        task.limit.name(),
                        task.limit.key(),
                        task.calledAt)
                == 1;
    }

    /** Takes tasks out of their lines. */
    public void remove(Collection<String> taskIds) {
        List<String> ids = List.copyOf(taskIds);
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            jdbc.update("DELETE FROM errand_line WHERE task_id IN (" + marks(some.size()) + ")", some.toArray());
        }
    }

    /** Returns the line after a given one, in the order of names; empty if there is none. Takes one look-up in the index. */
    public Optional<LimitKey> next(LimitKey after) {
        String select = "SELECT l.limit_name, l.limit_key FROM errand_line l"
                + jdbc.dialect().index("errand_line_order");
        String order = " ORDER BY l.limit_name, l.limit_key LIMIT 1";
        List<LimitKey> found = jdbc.read(
                select + " WHERE l.limit_name = ? AND l.limit_key > ?" + order,
                LineRecords::key,
                after.name(),
                after.key());
        if (found.isEmpty()) {
            found = jdbc.read(select + " WHERE l.limit_name > ?" + order, LineRecords::key, after.name());
        }
        return found.stream().findFirst();
    }

    private static LimitKey key(ResultSet row) throws SQLException {
        return new LimitKey(row.getString(1), row.getString(2));
    }

    private static String marks(int number) {
        return String.join(", ", Collections.nCopies(number, "?"));
    }
}
