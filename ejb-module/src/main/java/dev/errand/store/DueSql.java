package dev.errand.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How to ask each database for what is due: by short looks into the index, ten a queue, however many records wait. One index
 * cannot give both the highest priority and the earliest time, but within one queue and one priority it gives the time.
 */
final class DueSql {
    private static final String FIRST =
            "(SELECT t.wake_at FROM errand_task t WHERE t.queue = q.name AND t.priority = p.n AND t.wake_at %s ?"
                    + Dialect.ORDER + " LIMIT 1)";
    private static final String LOOKS = "SELECT q.name, p.n, " + FIRST.formatted("<=") + ", %s FROM errand_queue q"
            + " CROSS JOIN ("
            + priorities().mapToObj(n -> "SELECT " + n + " AS n").collect(Collectors.joining(" UNION ALL "))
            + ") p WHERE q.paused = FALSE";

    private static final String DUE = LOOKS.formatted("NULL");
    private static final String DUE_AND_LATER = LOOKS.formatted(FIRST.formatted(">"));

    private static final String QUEUES = "SELECT name FROM errand_queue WHERE paused = FALSE";
    private static final String MIN =
            "(SELECT MIN(t.wake_at) FROM errand_task t WHERE t.queue = ? AND t.priority = %d AND t.wake_at %s ?)";

    private final Jdbc jdbc;

    DueSql(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Every queue and priority that has something, in the order in which they have their turn. @param later as well */
    List<Wake> probe(long now, boolean later) {
        List<Wake> wakes = jdbc.dialect() == Dialect.MARIADB
                ? probeByQueue(now, later)
                : jdbc.read(
                        later ? DUE_AND_LATER : DUE,
                        DueSql::wake,
                        Collections.nCopies(later ? 2 : 1, now).toArray());
        return Wake.inTurn(wakes);
    }

    /** For a queue that it does not know beforehand, MariaDB reads on through all that is over, or due, to the first hit. */
    private List<Wake> probeByQueue(long now, boolean later) {
        List<String> queues = jdbc.read(QUEUES, row -> row.getString(1));
        if (queues.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (String queue : queues) {
            for (int n : priorities().toArray()) {
                values.addAll(later ? List.of(queue, queue, now, queue, now) : List.of(queue, queue, now));
            }
        }
        String looks = queues.stream()
                .flatMap(queue -> priorities().mapToObj(n -> minimum(n, later)))
                .collect(Collectors.joining(" UNION ALL "));
        return jdbc.read(looks, DueSql::wake, values.toArray());
    }

    private static String minimum(int priority, boolean later) {
        return "SELECT ?, " + priority + ", " + MIN.formatted(priority, "<=") + ", "
                + (later ? MIN.formatted(priority, ">") : "NULL");
    }

    private static Wake wake(ResultSet row) throws SQLException {
        return new Wake(row.getString(1), row.getInt(2), time(row, 3), time(row, 4));
    }

    private static Long time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() ? null : time;
    }

    private static IntStream priorities() {
        return IntStream.rangeClosed(0, 9);
    }
}
