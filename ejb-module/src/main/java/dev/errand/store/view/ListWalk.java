package dev.errand.store.view;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds the tasks with a name, of a queue, with a tag and the like. No index has them, because each index costs each task. Instead, a page
 * walks a bounded number of tasks of each state, newest first. It ends where the shortest walk ends, and the next page
 * continues there.
 */
final class ListWalk {
    /** The largest number of tasks that a page reads to find its own. */
    static final int MOST_READ = 50_000;

    /** The divisor for the first part of these tasks, which is enough in most cases. */
    private static final int FIRST = 10;

    private final Jdbc jdbc;

    ListWalk(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A task on a walk.
     *
     * @param hit whether it has the name and the queue
     * @param last whether it is the last one that the walk of its state may read
     */
    record Step(TaskState state, String id, long createdAt, boolean hit, boolean last) {
        PageCursor position() {
            return new PageCursor(createdAt, id);
        }
    }

    /**
     * The range of a page.
     *
     * @param ids the ids of its tasks, and one more if there are more
     * @param end the last task that was read; null if no task follows it
     */
    record Reach(List<String> ids, PageCursor end) {}

    /**
     * Finds the tasks of a page. Reads few tasks first, and then, in the states that have more, the rest of the allowed
     * number.
     */
    Reach find(TaskFilter filter, PageCursor cursor, int mostRead) {
        List<TaskState> states = ListSql.states(filter);
        int few = Math.max(1, mostRead / FIRST / states.size());
        Map<TaskState, Integer> each = new EnumMap<>(TaskState.class);
        states.forEach(state -> each.put(state, few));
        List<Step> steps = steps(filter, cursor, each);
        Reach reach = reach(steps, filter.limit());
        if (reach.end() == null || reach.ids().size() > filter.limit()) {
            return reach;
        }
        List<TaskState> open =
                steps.stream().filter(Step::last).map(Step::state).toList();
        int rest = mostRead - 2 * few * states.size();
        open.forEach(state -> each.put(state, Math.max(few, rest / open.size())));
        return reach(steps(filter, cursor, each), filter.limit());
    }

    /**
     * Computes the page from the steps of all walks. Pure.
     *
     * @param steps newest first, as the database compares ids: some databases compare them differently from Java
     */
    static Reach reach(List<Step> steps, int limit) {
        List<String> ids = new ArrayList<>();
        for (Step step : steps) {
            if (step.hit()) {
                ids.add(step.id());
            }
            if (step.last() || ids.size() > limit) {
                return new Reach(ids, step.position());
            }
        }
        return new Reach(ids, null);
    }

    private List<Step> steps(TaskFilter filter, PageCursor cursor, Map<TaskState, Integer> each) {
        List<Object> values = new ArrayList<>();
        String sql = each.entrySet().stream()
                .map(state -> walk(filter, state.getKey(), cursor, state.getValue(), values))
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY created_at DESC, id DESC"));
        return jdbc.read(sql, ListWalk::step, values.toArray());
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                TaskState.valueOf(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5));
    }

    /** Returns the query for the hits of a state, and for the last task of its walk. */
    private String walk(TaskFilter filter, TaskState state, PageCursor cursor, int each, List<Object> values) {
        ListConditions conditions = new ListConditions(filter);
        values.addAll(conditions.values());
        values.add(state.name());
        String last = "s.n = " + each;
        return "(SELECT s.state, s.id, s.created_at, s.hit, CASE WHEN " + last + " THEN TRUE ELSE FALSE END AS last_one"
                + " FROM (SELECT t.state, t.id, t.created_at, CASE WHEN "
                + String.join(" AND ", conditions.sql()) + " THEN TRUE ELSE FALSE END AS hit,"
                + " ROW_NUMBER() OVER (ORDER BY t.created_at DESC, t.id DESC) AS n FROM"
                + " (SELECT t.state, t.id, t.created_at, " + ListConditions.COLUMNS + " FROM errand_task t"
                + jdbc.dialect().index(jdbc.dialect().newest()) + " WHERE t.state = ?"
                + ListSql.behind(cursor, values) + ListSql.NEWEST_OF_STATE + " LIMIT " + each + ") t) s"
                + " WHERE s.hit = TRUE OR " + last + ")";
    }
}
