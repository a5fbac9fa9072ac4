package dev.errand.store;

import dev.errand.api.TaskState;
import dev.errand.store.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Releases the tasks of a node that stops in order, so that no task waits for the end of a lease. Uses plain JDBC:
 * WildFly stops the beans of an application in any order, and a stopped bean cannot be called.
 */
public final class NodeRelease {
    /** The time for a handler to finish that runs when its node stops. */
    private static final long STOPPING_MILLIS = 5_000;

    private static final String HELD = "SELECT id, run, state, started_at FROM errand_task WHERE node = ?"
            + " AND wake_at > 0 AND due_at <= ? AND state IN ('PENDING', 'RETRY', 'STARTED')"
            + " FOR UPDATE SKIP LOCKED";
    private static final String GONE =
            "DELETE FROM errand_node WHERE node = ? AND wanted IS NULL AND wanted_queues IS NULL";
    private static final String GONE_FOR_NOW = "UPDATE errand_node SET started_at = 0, seen_at = ? WHERE node = ?";
    private static final String PLACES = "UPDATE errand_place SET lease_until = ? WHERE node = ? AND lease_until > ?";
    private static final ErrorText STOPPED =
            new ErrorText(ErrorText.NODE_WENT_AWAY, "The node was stopped while it ran the task.", null);

    private NodeRelease() {}

    /**
     * Releases all tasks that the node holds, and takes it off the list of nodes.
     *
     * @return the number of tasks
     */
    public static int all(DataSource dataSource, String node, long now) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int all = release(connection, node, now);
            endPlaces(connection, node);
            try (PreparedStatement gone = connection.prepareStatement(GONE);
                    PreparedStatement forNow = connection.prepareStatement(GONE_FOR_NOW)) {
                set(gone, node);
                gone.executeUpdate();
                set(forNow, now, node);
                forNow.executeUpdate();
            }
            connection.commit();
            connection.setAutoCommit(true);
            return all;
        }
    }

    private static int release(Connection connection, String node, long now) throws SQLException {
        int all = 0;
        try (PreparedStatement held = connection.prepareStatement(HELD);
                PreparedStatement waiting = connection.prepareStatement(TaskTransitions.RELEASE_AT_STOP);
                PreparedStatement running = connection.prepareStatement(TaskTransitions.FENCE_OFF_AT_STOP);
                PreparedStatement history = connection.prepareStatement(RunHistory.INSERT)) {
            set(held, node, now);
            try (ResultSet tasks = held.executeQuery()) {
                for (; tasks.next(); all++) {
                    String id = tasks.getString("id");
                    int run = tasks.getInt("run");
                    if ("STARTED".equals(tasks.getString("state"))) {
                        long startedAt = tasks.getLong("started_at");
                        RunRecord lost = new RunRecord(id, run, TaskState.PENDING, node, startedAt, now, STOPPED);
                        set(history, RunHistory.values(lost));
                        history.addBatch();
                        set(running, now + STOPPING_MILLIS, id, run);
                        running.addBatch();
                    } else {
                        set(waiting, now, id, run);
                        waiting.addBatch();
                    }
                }
            }
            // in one batch: the server waits for its applications to stop, but not for long
            history.executeBatch();
            running.executeBatch();
            waiting.executeBatch();
        }
        return all;
    }

    /** Ends the places of limits when the handlers that run may be finished: as late as other nodes run their tasks again. */
    private static void endPlaces(Connection connection, String node) throws SQLException {
        long now;
        try (PreparedStatement clock =
                        connection.prepareStatement(Dialect.of(connection).clock());
                ResultSet time = clock.executeQuery()) {
            time.next();
            now = time.getLong(1);
        }
        try (PreparedStatement end = connection.prepareStatement(PLACES)) {
            set(end, now + STOPPING_MILLIS, node, now + STOPPING_MILLIS);
            end.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
