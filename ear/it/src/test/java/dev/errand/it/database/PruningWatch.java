package dev.errand.it.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks again and again how long the statements of the pruning have been running, until it is closed. */
final class PruningWatch implements AutoCloseable {
    private static final String LONGEST =
            "SELECT COALESCE(MAX(EXTRACT(EPOCH FROM clock_timestamp() - query_start) * 1000), 0)"
                    + " FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
                    + " AND (query ILIKE 'DELETE FROM errand%' OR query ILIKE 'SELECT%finished_at <=%')";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Connection connection;
    private volatile long longestMillis;

    PruningWatch(PostgresProcess database) throws SQLException {
        connection = database.connect();
        timer.scheduleWithFixedDelay(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try (Statement statement = connection.createStatement();
                ResultSet longest = statement.executeQuery(LONGEST)) {
            longest.next();
            longestMillis = Math.max(longestMillis, longest.getLong(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Of those that it has met. */
    long longestMillis() {
        return longestMillis;
    }

    @Override
    public void close() throws SQLException {
        timer.shutdownNow();
        connection.close();
    }
}
