package dev.errand.store;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the tasks of a name or a queue. No index has them, because each index costs each task: a page walks a bounded number of
 * tasks of each state, newest first. It reaches as far as the walk that comes least far, and the next page goes on there.
 */
final class ListWalk {
    /** The tasks that a page reads at most to find its own. */
    static final int MOST_READ = 50_000;

    /** The first walk reads so many times as many tasks as the page has: in most cases that is enough. */
    private static final int FIRST = 10;

    private final Jdbc jdbc;

    ListWalk(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A task on the way.
     *
     * @param hit whether it has the name and the queue
     * @param last whether it is the last one that the walk of its state may read
     */
    record Step(String id, long createdAt, boolean hit, boolean last) {
        Cursor position() {
            return new Cursor(createdAt, id);
        }
    }

    /**
     * How far a page comes.
     *
     * @param ids of its tasks, and one more if there are more
     * @param end the last task that was looked at; null if no task is behind it
     */
    record Reach(List<String> ids, Cursor end) {}

    Reach go(TaskFilter filter, Cursor cursor, int mostRead) {
        int most = Math.max(1, mostRead / ListSql.states(filter).size());
        int few = Math.min(FIRST * (filter.limit() + 1), Math.max(1, most / FIRST));
        Reach reach = reach(steps(filter, cursor, few), filter.limit());
        boolean enough = reach.end() == null || reach.ids().size() > filter.limit();
        return enough ? reach : reach(steps(filter, cursor, Math.max(1, most - few)), filter.limit());
    }

    /**
     * From the steps of all walks to the page. Pure.
     *
     * @param steps newest first, as the database compares ids: not all of them compare as Java does
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

    private List<Step> steps(TaskFilter filter, Cursor cursor, int each) {
        List<Object> values = new ArrayList<>();
        String sql = ListSql.states(filter).stream()
                .map(state -> walk(filter, state, cursor, each, values))
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY created_at DESC, id DESC"));
        return jdbc.read(
                sql,
                row -> new Step(row.getString(1), row.getLong(2), row.getBoolean(3), row.getInt(4) == each),
                values.toArray());
    }

    /** The hits of a state, and the last task of its walk. */
    private String walk(TaskFilter filter, TaskState state, Cursor cursor, int each, List<Object> values) {
        List<String> hit = new ArrayList<>();
        if (filter.task() != null) {
            hit.add("t.task = ?");
            values.add(filter.task());
        }
        if (filter.queue() != null) {
            hit.add("t.queue = ?");
            values.add(filter.queue());
        }
        values.add(state.name());
        return "(SELECT s.id, s.created_at, s.hit, s.n FROM (SELECT t.id, t.created_at, CASE WHEN "
                + String.join(" AND ", hit) + " THEN TRUE ELSE FALSE END AS hit,"
                + " ROW_NUMBER() OVER (ORDER BY t.created_at DESC, t.id DESC) AS n FROM"
                + " (SELECT t.id, t.created_at, t.task, t.queue FROM errand_task t"
                + jdbc.dialect().index(jdbc.dialect().newest()) + " WHERE t.state = ?"
                + ListSql.behind(cursor, values) + ListSql.NEWEST_OF_STATE + " LIMIT " + each + ") t) s"
                + " WHERE s.hit = TRUE OR s.n = " + each + ")";
    }
}
