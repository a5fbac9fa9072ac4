package dev.errand.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The statements that look for due tasks. Each reads a bounded number of entries of one index: neither the number of queues nor
 * the number of tasks counts, except for {@link #walk}, which visits each queue with waiting tasks once.
 */
final class DueSql {
    /** The number of entries of a look by time. */
    static final int FEW = 100;

    /**
     * By time. On PostgreSQL the index has an expression: on the column itself the planner would take it for tasks of one queue,
     * too, and read all that waits in others.
     */
    private static final String BY_TIME =
            "SELECT t.queue, t.priority, t.wake_at, q.name IS NOT NULL FROM (SELECT queue, priority, wake_at"
                    + " FROM errand_task%1$s WHERE wake_at IS NOT NULL AND %2$s >= ? ORDER BY %2$s LIMIT " + FEW
                    + ") t LEFT JOIN errand_queue q ON q.name = t.queue AND q.paused = TRUE";

    private static final String WALK = "SELECT t.queue, t.priority, t.wake_at, q.name IS NOT NULL FROM (%s) t"
            + " LEFT JOIN errand_queue q ON q.name = t.queue AND q.paused = TRUE";

    /** From each queue and priority to the next by one look into the index. */
    private static final String STEPS =
            "WITH RECURSIVE step AS ((SELECT queue, priority, wake_at FROM errand_task WHERE wake_at IS NOT NULL"
                    + " ORDER BY queue, priority, wake_at LIMIT 1)"
                    + " UNION ALL SELECT n.queue, n.priority, n.wake_at FROM step s CROSS JOIN LATERAL"
                    + " (SELECT t.queue, t.priority, t.wake_at FROM errand_task t"
                    + " WHERE (t.queue, t.priority) > (s.queue, s.priority) AND t.wake_at IS NOT NULL"
                    + " ORDER BY t.queue, t.priority, t.wake_at LIMIT 1) n) SELECT queue, priority, wake_at FROM step";

    /**
     * MariaDB reads two entries of each group once its statistics say that the groups are large: ten seconds after the table
     * has grown. Until then it reads all entries; {@link Backlog} keeps that to a part of the time.
     */
    private static final String GROUPS = "SELECT queue, priority, MIN(wake_at) AS wake_at FROM errand_task"
            + " FORCE INDEX FOR GROUP BY (errand_task_due) GROUP BY queue, priority HAVING MIN(wake_at) IS NOT NULL";

    /**
     * H2 has no such statement, but a statement costs it little: it is in this process. With "greater" in place of "at least"
     * it reads through all that is equal.
     */
    private static final String NEXT_QUEUE = "SELECT queue, priority FROM errand_task USE INDEX (errand_task_due)"
            + " WHERE queue >= ? ORDER BY queue, priority, wake_at LIMIT 1";

    private static final String NEXT_PRIORITY = "SELECT queue, priority FROM errand_task USE INDEX (errand_task_due)"
            + " WHERE queue = ? AND priority >= ? ORDER BY queue, priority, wake_at LIMIT 1";
    private static final String FIRST = "SELECT t.queue, t.priority, t.wake_at, EXISTS (SELECT 1 FROM errand_queue q"
            + " WHERE q.name = t.queue AND q.paused = TRUE) FROM errand_task t USE INDEX (errand_task_due)"
            + " WHERE t.queue = ? AND t.priority = ? AND t.wake_at >= 0" + Dialect.ORDER + " LIMIT 1";

    private static final String PAUSED = "SELECT name FROM errand_queue WHERE paused = TRUE";

    private final Jdbc jdbc;

    DueSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The first wake-ups after a time, earliest first. */
    List<WakeUp> first(long after) {
        String sql = BY_TIME.formatted(
                jdbc.dialect().index("errand_task_wake"),
                jdbc.dialect() == Dialect.POSTGRESQL ? "wake_at + 0" : "wake_at");
        List<WakeUp> found = jdbc.read(sql, DueSql::wakeUp, after + 1);
        found.sort(Comparator.comparing(WakeUp::at));
        return found;
    }

    /** The first wake-up of each queue and priority. */
    List<WakeUp> walk() {
        return switch (jdbc.dialect()) {
            case POSTGRESQL -> jdbc.read(WALK.formatted(STEPS), DueSql::wakeUp);
            case MARIADB -> jdbc.read(WALK.formatted(GROUPS), DueSql::wakeUp);
            case H2 -> walkByStatements();
        };
    }

    private List<WakeUp> walkByStatements() {
        List<WakeUp> found = new ArrayList<>();
        List<DueQueue> next = jdbc.read(NEXT_QUEUE, DueSql::queue, "");
        while (!next.isEmpty()) {
            DueQueue queue = next.get(0);
            found.addAll(jdbc.read(FIRST, DueSql::wakeUp, queue.name(), queue.priority()));
            next = jdbc.read(NEXT_PRIORITY, DueSql::queue, queue.name(), queue.priority() + 1);
            if (next.isEmpty()) {
                // a name has no blank: the next one is not before this
                next = jdbc.read(NEXT_QUEUE, DueSql::queue, queue.name() + " ");
            }
        }
        return found;
    }

    Set<String> paused() {
        return Set.copyOf(jdbc.read(PAUSED, row -> row.getString(1)));
    }

    private static WakeUp wakeUp(ResultSet row) throws SQLException {
        return new WakeUp(queue(row), row.getLong(3), row.getBoolean(4));
    }

    private static DueQueue queue(ResultSet row) throws SQLException {
        return new DueQueue(row.getString(1), row.getInt(2));
    }
}
