package dev.errand.store;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the tasks of one name in one queue. No index has both, and one more would cost each task: a page walks the tasks of the
 * name and those of the queue side by side, a bounded number of each. It reaches as far as the walk that comes further, and
 * the next page goes on there.
 */
final class ListWalk {
    /** The tasks that a page reads at most to find its own. */
    static final int MOST_READ = 10_000;

    private static final int INDEXES = 2;

    private final Jdbc jdbc;

    ListWalk(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A task on the way.
     *
     * @param walk two for each state, next to each other
     * @param hit whether it has the name and the queue
     */
    record Step(int walk, String id, long createdAt, boolean hit) {
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

    /** Looks at few tasks first, since in most cases each of a name is in one queue. */
    Reach go(TaskFilter filter, Cursor cursor, int mostRead) {
        List<TaskState> states = ListSql.states(filter);
        int most = Math.max(mostRead / (INDEXES * states.size()), 1);
        int few = Math.min(filter.limit() + 1, Math.max(most / 2, 1));
        Reach reach = reach(steps(filter, cursor, few), few, states.size(), filter.limit());
        boolean enough = reach.end() == null || reach.ids().size() > filter.limit();
        int many = most - few;
        return enough || many <= few ? reach : reach(steps(filter, cursor, many), many, states.size(), filter.limit());
    }

    /**
     * From the steps of all walks to the page. Pure.
     *
     * @param steps newest first, as the database compares ids: not all of them compare as Java does
     * @param each as many as a walk has, unless no task is behind its last one
     */
    static Reach reach(List<Step> steps, int each, int states, int limit) {
        int[] count = new int[INDEXES * states];
        int[] last = new int[INDEXES * states];
        for (int i = 0; i < steps.size(); i++) {
            int walk = steps.get(i).walk();
            count[walk]++;
            last[walk] = i;
        }
        int end = steps.size();
        for (int walk = 0; walk < count.length; walk += INDEXES) {
            if (count[walk] == each && count[walk + 1] == each) {
                end = Math.min(end, Math.max(last[walk], last[walk + 1]));
            }
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i <= Math.min(end, steps.size() - 1); i++) {
            Step step = steps.get(i);
            if (step.hit() && ids.add(step.id()) && ids.size() > limit) {
                return new Reach(List.copyOf(ids), step.position());
            }
        }
        return new Reach(
                List.copyOf(ids), end == steps.size() ? null : steps.get(end).position());
    }

    private List<Step> steps(TaskFilter filter, Cursor cursor, int each) {
        List<String> walks = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (TaskState state : ListSql.states(filter)) {
            walks.add(walk(walks.size(), ListIndex.TASK, filter.task(), "t.queue", filter.queue(), state, values)
                    + ListSql.behind(cursor, values)
                    + ListIndex.TASK.newestFirst());
            walks.add(walk(walks.size(), ListIndex.QUEUE, filter.queue(), "t.task", filter.task(), state, values)
                    + ListSql.behind(cursor, values)
                    + ListIndex.QUEUE.newestFirst());
        }
        String sql = walks.stream()
                .map(walk -> "(" + walk + " LIMIT " + each + ")")
                .collect(Collectors.joining(" UNION ALL ", "", " ORDER BY created_at DESC, id DESC"));
        return jdbc.read(
                sql,
                row -> new Step(row.getInt(1), row.getString(2), row.getLong(3), row.getBoolean(4)),
                values.toArray());
    }

    private String walk(
            int number,
            ListIndex index,
            String name,
            String otherColumn,
            String otherName,
            TaskState state,
            List<Object> values) {
        values.addAll(List.of(otherName, name, state.name()));
        return "SELECT " + number + " AS walk, t.id, t.created_at, " + otherColumn + " = ? AS hit FROM errand_task t"
                + index.hint(jdbc.dialect()) + " WHERE " + index.column() + " = ? AND t.state = ?";
    }
}
