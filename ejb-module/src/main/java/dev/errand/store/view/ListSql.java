package dev.errand.store.view;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the tasks of a list: only the columns that a list shows, and only the beginning of texts without a limit. So
 * the cost of a list depends on the number of tasks, not on the size of their arguments.
 */
final class ListSql {
    private static final String NEWEST_FIRST = " ORDER BY t.created_at DESC, t.id DESC";

    /**
     * The order of a list of one state. It begins with the first column of the index: otherwise H2 does not see that
     * the index has the order.
     */
    static final String NEWEST_OF_STATE = " ORDER BY t.state, t.created_at DESC, t.id DESC";

    /** The condition for a long transactional run: its record says PENDING or RETRY until it commits. */
    private static final String RUNNING =
            "EXISTS (SELECT 1 FROM errand_running g WHERE g.task_id = t.id AND g.run = t.run)";

    private final Jdbc jdbc;

    ListSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The content of a page.
     *
     * @param tasks newest first, one more than the limit if there are more
     * @param end the last task that was read; null if no task follows it
     */
    record Found(List<TaskSnapshot> tasks, PageCursor end) {}

    /**
     * Reads a page.
     *
     * @param lasting ids of long transactional runs; those that still run are in the page as well
     * @param mostRead the largest number of tasks to read, for a filter that no index supports
     */
    Found read(TaskFilter filter, PageCursor cursor, List<String> lasting, int mostRead) {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        PageCursor end = null;
        if (!new ListConditions(filter).none()) {
            ListWalk.Reach reach = new ListWalk(jdbc).find(filter, cursor, mostRead);
            end = reach.end();
            if (!reach.ids().isEmpty()) {
                parts.add(named(reach.ids(), filter, values));
            }
        } else {
            // a page per state, because the index has the state: an index without it would cost each task one more
            // entry
            states(filter).forEach(state -> parts.add(ofState(state, filter, cursor, values)));
        }
        if (!lasting.isEmpty()) {
            parts.add(lasting(lasting, filter, cursor, end, values));
        }
        if (parts.isEmpty()) {
            return new Found(List.of(), end);
        }
        List<TaskSnapshot> tasks = jdbc.read(union(parts, filter), TaskSnapshot::listed, values.toArray());
        return new Found(tasks, tasks.size() > filter.limit() ? position(tasks.get(filter.limit())) : end);
    }

    static List<TaskState> states(TaskFilter filter) {
        return filter.state() == null ? List.of(TaskState.values()) : List.of(filter.state());
    }

    private static PageCursor position(TaskSnapshot task) {
        return new PageCursor(task.createdAt(), task.id());
    }

    private static String union(List<String> parts, TaskFilter filter) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return parts.stream()
                .map(part -> "(" + part + ")")
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY created_at DESC, id DESC" + limit(filter)));
    }

    private String ofState(TaskState state, TaskFilter filter, PageCursor cursor, List<Object> values) {
        values.add(state.name());
        return TaskSnapshot.LISTED + jdbc.dialect().index(jdbc.dialect().newest()) + " WHERE t.state = ?"
                + (filter.state() == null ? "" : waits(state)) + behind(cursor, values) + NEWEST_OF_STATE
                + limit(filter);
    }

    /** Returns the query for tasks that a walk has found. Their states may have changed since. */
    private static String named(List<String> ids, TaskFilter filter, List<Object> values) {
        String sql = TaskSnapshot.LISTED + " WHERE " + among(ids, values);
        if (filter.state() != null) {
            sql += " AND t.state = ?" + waits(filter.state());
            values.add(filter.state().name());
        }
        return sql + NEWEST_FIRST + limit(filter);
    }

    /**
     * Returns the query for long runs. It goes by their ids, apart from the other tasks: one condition for both would
     * read every waiting task.
     */
    private static String lasting(
            List<String> ids, TaskFilter filter, PageCursor cursor, PageCursor end, List<Object> values) {
        String sql = TaskSnapshot.LISTED + " WHERE " + among(ids, values) + " AND t.state <> 'STARTED' AND " + RUNNING
                + others(filter, cursor, values);
        if (end != null) {
            sql += " AND (t.created_at > ? OR t.created_at = ? AND t.id >= ?)";
            values.addAll(List.of(end.createdAt(), end.createdAt(), end.id()));
        }
        return sql + NEWEST_FIRST + limit(filter);
    }

    private static String among(List<String> ids, List<Object> values) {
        values.addAll(ids);
        return "t.id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
    }

    private static String others(TaskFilter filter, PageCursor cursor, List<Object> values) {
        ListConditions conditions = new ListConditions(filter);
        values.addAll(conditions.values());
        return conditions.sql().stream().map(" AND "::concat).collect(Collectors.joining()) + behind(cursor, values);
    }

    /** Returns a condition on the place in the list; none for null. */
    static String behind(PageCursor cursor, List<Object> values) {
        if (cursor == null) {
            return "";
        }
        values.addAll(List.of(cursor.createdAt(), cursor.createdAt(), cursor.id()));
        // the first comparison is for the index scan, which begins there
        return " AND t.created_at <= ? AND (t.created_at < ? OR t.id < ?)";
    }

    /** Returns the limit as text: a planner that does not know its value may sort the whole table. */
    private static String limit(TaskFilter filter) {
        return " LIMIT " + (filter.limit() + 1);
    }

    /**
     * Returns the condition for a waiting task without a long run: the list shows another state for such a run than the
     * table.
     */
    private static String waits(TaskState state) {
        return state == TaskState.PENDING || state == TaskState.RETRY ? " AND NOT " + RUNNING : "";
    }
}
