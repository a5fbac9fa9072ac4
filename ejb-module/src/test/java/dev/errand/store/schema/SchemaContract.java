package dev.errand.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are not as this Errand needs them: it refuses them, says why and how to get out, and changes nothing. */
abstract class SchemaContract {
    private DataSource database;

    /** A database without any table. */
    abstract DataSource empty() throws Exception;

    /** How the database quotes a name that is not to be changed. */
    abstract String quoted(String name);

    @BeforeEach
    void makeDatabase() throws Exception {
        database = empty();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String schema() {
        return quoted("errand_schema");
    }

    private void row(String version, boolean success) throws SQLException {
        execute("INSERT INTO " + schema() + " VALUES (99, '" + version + "', 'later', 'SQL', 'V" + version
                + "__later.sql', 1, 'operator', CURRENT_TIMESTAMP, 1, " + success + ")");
    }

    private int rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + schema())) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void refused(String... says) throws SQLException {
        int before = rows();
        assertThatThrownBy(() -> Schema.migrate(database, ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll(says);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void aSecondStartChangesNothing() throws SQLException {
        Schema.migrate(database, "");
        int before = rows();
        Schema.migrate(database, "");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void tablesOfOthersAreNoTrouble() throws SQLException {
        execute("CREATE TABLE somebody_elses (id INT)");
        assertThatCode(() -> Schema.migrate(database, "")).doesNotThrowAnyException();
    }

    @Test
    void tablesOfANewerErrandAreLeftAlone() throws SQLException {
        Schema.migrate(database, "");
        row("4711", true);
        refused("version 4711", "newer Errand", "up to version ", "backup");
    }

    @Test
    void aMigrationThatWasBrokenOffIsNotGoneOnWith() throws SQLException {
        Schema.migrate(database, "");
        execute("UPDATE " + schema() + " SET " + quoted("success") + " = FALSE WHERE " + quoted("version") + " = '1'");
        refused("version 1 failed half-way", "errand_schema", "backup");
    }

    @Test
    void aMigrationOfANewerErrandThatWasBrokenOffIsNoBetter() throws SQLException {
        Schema.migrate(database, "");
        row("4711", false);
        refused("version 4711", "backup");
    }

    @Test
    void aMigrationWithAnotherTextIsNoticed() throws SQLException {
        Schema.migrate(database, "");
        execute("UPDATE " + schema() + " SET " + quoted("checksum") + " = 4711 WHERE " + quoted("version") + " = '1'");
        refused("Version 1 of the tables", "another script");
    }

    @Test
    void tablesWithoutAVersionAreLeftAlone() throws SQLException {
        Schema.migrate(database, "");
        execute("DROP TABLE " + schema());
        assertThatThrownBy(() -> Schema.migrate(database, ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("errand_task", "errand_schema", "backup");
    }

    @Test
    void nodesThatStartAtOnceMakeTheTablesOnce() throws Exception {
        int nodes = 4;
        CountDownLatch ready = new CountDownLatch(nodes);
        Callable<Void> node = () -> {
            ready.countDown();
            ready.await();
            Schema.migrate(database, "");
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<Void>> starts = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                starts.add(threads.submit(node));
            }
            for (Future<Void> start : starts) {
                start.get();
            }
        } finally {
            threads.shutdown();
        }
        int once = rows();
        Schema.migrate(database, "");
        assertThat(rows()).isEqualTo(once);
    }

    @Test
    void aNodeThatFindsTablesHalfMadeWaitsForTheRest() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = thread.submit(() -> {
                Schema.migrate(database, "");
                return null;
            });
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(this::tasksThere);
            Schema.migrate(database, "");
            first.get();
        } finally {
            thread.shutdown();
        }
    }

    private boolean tasksThere() {
        try {
            execute("SELECT 1 FROM errand_task");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
