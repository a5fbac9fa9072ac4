package dev.errand.bench.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All tasks that have ended, noted before they are pruned. */
final class SoakEnded {
    /** The end of a run is not visible before its commit, and a node can be frozen in between. */
    private static final long LATE_MILLIS = 60_000;

    private static final String SELECT =
            "SELECT id, queue, state, retries, coalesce(concat_ws(' ', error_type, error_message), ''), finished_at,"
                    + " due_at, started_at FROM errand_task WHERE finished_at >= ? AND state IN ('SUCCESS', 'FAILURE', 'REVOKED')";

    private final Map<String, Task> tasks = new ConcurrentHashMap<>();
    private final Map<String, Task> changed = new ConcurrentHashMap<>();
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private long from = System.currentTimeMillis();

    /** As it is in the table. */
    record Task(SoakKind kind, String queue, String state, int retries, String error, long finishedAt) {}

    /** From the time when a task was due until it has started. */
    record Wait(long due, long millis) {}

    /** Looks what has ended meanwhile, and returns how long it has waited. */
    List<Wait> look(Connection database) throws SQLException {
        long now = System.currentTimeMillis();
        List<Wait> fresh = new ArrayList<>();
        try (PreparedStatement select = database.prepareStatement(SELECT)) {
            select.setLong(1, from - LATE_MILLIS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String id = row.getString(1);
                    String queue = row.getString(2);
                    Task task = new Task(
                            SoakKind.of(id, queue),
                            queue,
                            row.getString(3),
                            row.getInt(4),
                            row.getString(5),
                            row.getLong(6));
                    Task before = tasks.putIfAbsent(id, task);
                    if (before == null && task.kind().isTimed()) {
                        fresh.add(new Wait(row.getLong(7), row.getLong(8) - row.getLong(7)));
                    } else if (before != null && !before.equals(task)) {
                        changed.put(id, task);
                    }
                }
            }
        }
        from = now;
        waits.addAll(fresh);
        return fresh;
    }

    Map<String, Task> tasks() {
        return tasks;
    }

    /** Tasks whose state changed after they were finished. */
    Map<String, Task> changed() {
        return changed;
    }

    List<Wait> waits() {
        return List.copyOf(waits);
    }
}
