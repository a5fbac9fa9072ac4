package dev.errand.store;

import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The statements that search for due tasks. Each reads a bounded number of entries of one index. Its cost depends
 * neither on the number of queues nor on the number of tasks, except for {@link #walk}, which visits each queue with
 * waiting tasks once. Each is about one application, so that the waiting tasks of others are not read.
 */
final class DueSql {
    /** The number of entries that a search by time reads. */
    static final int FEW = 100;

    /**
     * The condition that the queue of a task is paused. The first part does not depend on the task: the database decides
     * it once per statement, and looks up no queue while none is paused.
     */
    private static final String IS_PAUSED = "CASE WHEN EXISTS (SELECT 1 FROM errand_queue WHERE paused = TRUE)"
            + " THEN EXISTS (SELECT 1 FROM errand_queue q WHERE q.name = t.queue AND q.paused = TRUE)"
            + " ELSE FALSE END";

    /**
     * The search by time. On PostgreSQL the index has an expression: with an index on the column itself, the planner
     * would use it for the tasks of one queue as well, and read all waiting tasks of other queues.
     */
    private static final String BY_TIME = "SELECT t.queue, t.priority, t.wake_at, " + IS_PAUSED
            + " FROM (SELECT queue, priority, wake_at FROM errand_task%1$s WHERE application = ? AND wake_at IS NOT NULL"
            + " AND %2$s >= ? ORDER BY application, %2$s LIMIT " + FEW + ") t";

    private static final String WALK = "SELECT t.queue, t.priority, t.wake_at, " + IS_PAUSED + " FROM (%s) t";

    /** The walk from each queue and priority to the next one, by one look-up in the index. */
    private static final String STEPS =
            "WITH RECURSIVE step AS ((SELECT application, queue, priority, wake_at FROM errand_task"
                    + " WHERE application = ? AND wake_at IS NOT NULL"
                    + " ORDER BY application, queue, priority, wake_at LIMIT 1)"
                    + " UNION ALL SELECT n.application, n.queue, n.priority, n.wake_at FROM step s CROSS JOIN LATERAL"
                    + " (SELECT t.application, t.queue, t.priority, t.wake_at FROM errand_task t"
                    + " WHERE t.application = s.application AND (t.queue, t.priority) > (s.queue, s.priority)"
                    + " AND t.wake_at IS NOT NULL" + Dialect.ORDER
                    + " LIMIT 1) n) SELECT queue, priority, wake_at FROM step";

    /**
     * The walk on MariaDB. The server reads two entries per group once its statistics say that the groups are large,
     * which is ten seconds after the table has grown. Until then it reads all entries; {@link Backlog} limits that to a
     * part of the time.
     */
    private static final String GROUPS = "SELECT queue, priority, MIN(wake_at) AS wake_at FROM errand_task"
            + " FORCE INDEX FOR GROUP BY (errand_task_due) WHERE application = ?"
            + " GROUP BY application, queue, priority HAVING MIN(wake_at) IS NOT NULL";

    /**
     * A step of the walk on H2, which has no statement for the whole walk. A statement costs little there, because H2
     * runs in this process. With "greater" in place of "at least", H2 reads all equal entries.
     */
    private static final String NEXT_QUEUE = "SELECT queue, priority FROM errand_task USE INDEX (errand_task_due)"
            + " WHERE application = ? AND queue >= ? ORDER BY application, queue, priority, wake_at LIMIT 1";

    private static final String NEXT_PRIORITY = "SELECT queue, priority FROM errand_task USE INDEX (errand_task_due)"
            + " WHERE application = ? AND queue = ? AND priority >= ?"
            + " ORDER BY application, queue, priority, wake_at LIMIT 1";
    private static final String FIRST = "SELECT t.queue, t.priority, t.wake_at, " + IS_PAUSED
            + " FROM errand_task t USE INDEX (errand_task_due)"
            + " WHERE t.application = ? AND t.queue = ? AND t.priority = ? AND t.wake_at >= 0" + Dialect.ORDER
            + " LIMIT 1";

    private static final String PAUSED = "SELECT name FROM errand_queue WHERE paused = TRUE";

    private final Jdbc jdbc;
    private final String application;
    private final QueueGate gate;

    /**
     * @param application the application whose tasks are searched; '' for tasks whose application is unknown
     * @param gate queues that it does not open count as paused
     */
    DueSql(Jdbc jdbc, String application, QueueGate gate) {
        this.jdbc = jdbc;
        this.application = application;
        this.gate = gate;
    }

    /** Finds the first wake-ups after a time, earliest first. */
    List<WakeUp> first(long after) {
        String sql = BY_TIME.formatted(
                jdbc.dialect().index("errand_task_wake"),
                jdbc.dialect() == Dialect.POSTGRESQL ? "wake_at + 0" : "wake_at");
        List<WakeUp> found = jdbc.read(sql, this::wakeUp, application, after + 1);
        found.sort(Comparator.comparing(WakeUp::at));
        return found;
    }

    /** Finds the first wake-up of each queue and priority. */
    List<WakeUp> walk() {
        return switch (jdbc.dialect()) {
            case POSTGRESQL -> jdbc.read(WALK.formatted(STEPS), this::wakeUp, application);
            case MARIADB -> jdbc.read(WALK.formatted(GROUPS), this::wakeUp, application);
            case H2 -> walkByStatements();
        };
    }

    private List<WakeUp> walkByStatements() {
        List<WakeUp> found = new ArrayList<>();
        List<DueQueue> next = jdbc.read(NEXT_QUEUE, this::queue, application, "");
        while (!next.isEmpty()) {
            DueQueue queue = next.get(0);
            found.addAll(jdbc.read(FIRST, this::wakeUp, application, queue.name(), queue.priority()));
            next = jdbc.read(NEXT_PRIORITY, this::queue, application, queue.name(), queue.priority() + 1);
            if (next.isEmpty()) {
                // a name has no blank, so the next one does not come before this
                next = jdbc.read(NEXT_QUEUE, this::queue, application, queue.name() + " ");
            }
        }
        return found;
    }

    Set<String> paused() {
        return Set.copyOf(jdbc.read(PAUSED, row -> row.getString(1)));
    }

    private WakeUp wakeUp(ResultSet row) throws SQLException {
        DueQueue queue = queue(row);
        return new WakeUp(queue, row.getLong(3), row.getBoolean(4) || !gate.opens(queue.name()));
    }

    private DueQueue queue(ResultSet row) throws SQLException {
        return new DueQueue(application, row.getString(1), row.getInt(2));
    }
}
