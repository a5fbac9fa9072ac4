package dev.errand.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The rows that handlers write. The table takes a second row of a task, so that it can be counted. */
final class Rows {
    private final DataSource database;

    /** Makes the table. */
    Rows(DataSource database) throws SQLException {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS bench_row (round BIGINT NOT NULL, task INTEGER NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS bench_row_round ON bench_row (round)");
        }
    }

    static void write(Call call, DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO bench_row (round, task) VALUES (?, ?)")) {
            insert.setLong(1, call.round());
            insert.setInt(2, call.index());
            insert.executeUpdate();
        }
    }

    /**
     * Waits until each task has its row.
     *
     * @return when, in nanoseconds of this process
     */
    long awaitAll(Handled handled) throws InterruptedException, SQLException {
        handled.awaitAll();
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (number("COUNT(DISTINCT task)", handled) < handled.count()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("Lost: a task has no row");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return System.nanoTime();
    }

    /** How many rows are too many. */
    int doubled(Handled handled) throws SQLException {
        return number("COUNT(*)", handled) - handled.count();
    }

    private int number(String what, Handled handled) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT " + what + " FROM bench_row WHERE round = ?")) {
            select.setLong(1, handled.round());
            try (ResultSet result = select.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }
}
