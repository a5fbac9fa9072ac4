package dev.errand.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * What a node gives up when it stops as it should, so that nobody waits for its leases to end. By plain JDBC: WildFly stops
 * the beans of an application in any order, and a bean that is stopped cannot be called.
 */
public final class HandBack {
    /** A handler that is still at work when its node stops has so long to come to its end. */
    private static final long STOPPING_MILLIS = 5_000;

    private static final String HELD = "SELECT id, run, state, started_at FROM errand_task WHERE node = ?"
            + " AND wake_at > 0 AND due_at <= ? AND state IN ('PENDING', 'RETRY', 'STARTED')"
            + " FOR UPDATE SKIP LOCKED";
    private static final String WAITING = "UPDATE errand_task SET node = NULL, wake_at = ? WHERE id = ? AND run = ?";

    /** Fences off the run that is still at work: its outcome will change nothing. It is no crash. */
    private static final String RUNNING = "UPDATE errand_task SET node = NULL, wake_at = ?, state = 'PENDING',"
            + " run = run + 1 WHERE id = ? AND run = ?";

    private static final String HISTORY = "INSERT INTO errand_run (task_id, run, node, started_at, finished_at, state,"
            + " error_type, error_message) VALUES (?, ?, ?, ?, ?, 'PENDING', '" + ErrorText.NODE_WENT_AWAY
            + "', 'The node was stopped while it ran the task.')";

    private HandBack() {}

    /** @return how many tasks */
    public static int all(DataSource dataSource, String node, long now) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int all = handBack(connection, node, now);
            connection.commit();
            connection.setAutoCommit(true);
            return all;
        }
    }

    private static int handBack(Connection connection, String node, long now) throws SQLException {
        int all = 0;
        try (PreparedStatement held = connection.prepareStatement(HELD);
                PreparedStatement waiting = connection.prepareStatement(WAITING);
                PreparedStatement running = connection.prepareStatement(RUNNING);
                PreparedStatement history = connection.prepareStatement(HISTORY)) {
            set(held, node, now);
            try (ResultSet tasks = held.executeQuery()) {
                for (; tasks.next(); all++) {
                    String id = tasks.getString("id");
                    int run = tasks.getInt("run");
                    if ("STARTED".equals(tasks.getString("state"))) {
                        set(history, id, run, node, tasks.getLong("started_at"), now);
                        history.addBatch();
                        set(running, now + STOPPING_MILLIS, id, run);
                        running.addBatch();
                    } else {
                        set(waiting, now, id, run);
                        waiting.addBatch();
                    }
                }
            }
            // together: the server waits for its applications to stop, but not for long
            history.executeBatch();
            running.executeBatch();
            waiting.executeBatch();
        }
        return all;
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
