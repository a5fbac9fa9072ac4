package dev.errand.store;

import dev.errand.api.TaskState;
import dev.errand.log.LogMessage;
import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
import dev.errand.store.database.TaskTables;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Finds tasks whose row and indexes disagree, on H2: see docs/explain/h2-lost-update.md. PostgreSQL and MariaDB have
 * their own tools for that. Thread-safe.
 */
@ApplicationScoped
public class IntegrityCheck {
    /**
     * The comparison of the table with its index. The rows come from the table, because the query asks for a column
     * that no index has; the rest is read from an index alone.
     */
    private static final String DAMAGED = """
            SELECT r.id, r.task, r.state,
                (SELECT MAX(i.state) FROM errand_task i USE INDEX (errand_task_state)
                    WHERE i.state IN (%s)
                    AND i.created_at = r.created_at AND i.id = r.id)
            FROM errand_task r
            WHERE NOT EXISTS (SELECT 1 FROM errand_task i USE INDEX (errand_task_state)
                    WHERE i.state = r.state AND i.created_at = r.created_at AND i.id = r.id)
                OR r.wake_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM errand_task i USE INDEX (errand_task_due)
                    WHERE i.application = r.application AND i.queue = r.queue AND i.priority = r.priority
                        AND i.wake_at = r.wake_at AND i._rowid_ = r._rowid_)
                OR r.live_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM errand_task i USE INDEX (errand_task_live_key)
                    WHERE i.live_key = r.live_key)
            LIMIT ?""".formatted(
            Stream.of(TaskState.values()).map(state -> "'" + state + "'").collect(Collectors.joining(", ")));

    private static final String FIX = "classpath:META-INF/errand-h2.txt";
    private static final String NOT_FOR_THIS_USER = "90040";
    private static final int MOST = 1_000;
    private static final int MOST_LOGGED = 20;
    private static final int START_SECONDS = 10;

    @Inject
    @TaskTables
    DataSource dataSource;

    /** Logs, at the start, that this version of H2 loses changes, and which tasks have lost some. */
    public void log() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (losesChanges(connection)) {
                LogMessage.LOSING_H2.log(connection.getMetaData().getDatabaseProductVersion());
            }
            for (Damage damage : damaged(connection, MOST_LOGGED, START_SECONDS)) {
                LogMessage.DAMAGED.log(damage);
            }
        } catch (SQLTimeoutException e) {
            LogMessage.NOT_CHECKED.log(START_SECONDS);
        }
    }

    /** Finds the first 1,000 damaged tasks; none on PostgreSQL and MariaDB. */
    public List<Damage> damaged() {
        try (Connection connection = dataSource.getConnection()) {
            return damaged(connection, MOST, 0);
        } catch (SQLException e) {
            throw Jdbc.failed(e);
        }
    }

    /**
     * Checks each row.
     *
     * @param seconds the time limit; 0 means no limit
     */
    private static List<Damage> damaged(Connection connection, int limit, int seconds) throws SQLException {
        if (Dialect.of(connection) != Dialect.H2) {
            return List.of();
        }
        try (PreparedStatement select = connection.prepareStatement(DAMAGED)) {
            select.setQueryTimeout(seconds);
            select.setInt(1, limit);
            List<Damage> damaged = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    damaged.add(new Damage(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
            return damaged;
        }
    }

    /** Returns whether this H2 can lose changes. An H2 in memory never saves its store, so it loses nothing. */
    static boolean losesChanges(Connection connection) throws SQLException {
        return Dialect.of(connection) == Dialect.H2 && isInFile(connection) && !isFixed(connection);
    }

    private static boolean isInFile(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DATABASE_PATH()")) {
            return row.next() && row.getString(1) != null;
        }
    }

    private static boolean isFixed(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT FILE_READ('" + FIX + "', NULL)")) {
            return row.next();
        } catch (SQLException e) {
            // a user without that right cannot tell
            return NOT_FOR_THIS_USER.equals(e.getSQLState());
        }
    }
}
