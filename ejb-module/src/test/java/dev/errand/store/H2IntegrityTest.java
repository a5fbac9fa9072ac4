package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.api.TaskState;
import dev.errand.store.database.SqlErrors;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.mvstore.db.MVPrimaryIndex;
import org.h2.result.DefaultRow;
import org.h2.result.Row;
import org.h2.table.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2IntegrityTest {
    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void start() throws Exception {
        JdbcConnectionPool pool =
                JdbcConnectionPool.create("jdbc:h2:async:" + folder.resolve("errand") + ";LOCK_TIMEOUT=50", "sa", "sa");
        database = new Database(pool);
        database.run(em -> {
            with(em, new QueueRecords()).add("default", 1_000);
            with(em, new TaskTransitions()).insert(List.of(task("a"), task("b"), task("c")));
        });
        succeed("a");
    }

    @AfterEach
    void stop() throws SQLException {
        execute("SHUTDOWN");
        database.close();
    }

    private static TaskRecord task(String id) {
        return new TaskRecord(id, "example.echo", "default", 4, null, null, "1", 1_000, 1_000, null);
    }

    private void succeed(String id) {
        Ended ended = new Ended(id, 1, "node-1", 1_001, 1_002, null);
        database.run(em -> with(em, new TaskTransitions()).end(ended, TaskState.SUCCESS, null, null));
    }

    @Test
    void soundTablesHaveNoDamage() {
        assertThat(damaged()).isEmpty();
    }

    @Test
    void aRowThatIsNotAsItWasCommittedIsFound() throws SQLException {
        revert("b");
        assertThat(damaged()).containsExactly(new Damage("b", "example.echo", "PENDING", "SUCCESS"));
    }

    @Test
    void aDamagedRowExplainsWhyItCannotBeChanged() throws SQLException {
        revert("b");
        Throwable error = catchThrowable(() -> database.run(em -> {
            TaskRecord record = with(em, new TaskRecords()).lock("b").orElseThrow();
            with(em, new TaskTransitions()).revoke(record, 2_000);
        }));
        assertThat(SqlErrors.rowNotInIndex(error)).isTrue();
        assertThat(SqlErrors.rowNotInIndex(new SQLException("duplicate key", "23505")))
                .isFalse();
    }

    /** As docs/install/h2.md tells it. */
    @Test
    void aDamagedRowCanBeRepaired() throws Exception {
        revert("b");
        for (String sql : repair().split(";")) {
            if (!sql.isBlank()) {
                execute(sql.replace("'ID'", "'b'"));
            }
        }
        assertThat(damaged()).isEmpty();
        assertThat(select("SELECT state FROM errand_task WHERE id = 'b'")).isEqualTo("SUCCESS");
        assertThat(select("SELECT COUNT(*) FROM errand_task WHERE wake_at IS NOT NULL"))
                .isEqualTo("1");
    }

    @Test
    void theH2OfTheSetUpLosesNothingAndOnesOwnDoesUnlessItIsInMemory() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(IntegrityCheck.losesChanges(connection)).isFalse();
        }
        assertThat(ofStockH2("jdbc:h2:" + folder.resolve("stock"))).isTrue();
        assertThat(ofStockH2("jdbc:h2:mem:stock")).isFalse();
    }

    private static boolean ofStockH2(String url) throws Exception {
        String jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.matches(".*[/\\\\]h2-[0-9.]+\\.jar"))
                .findFirst()
                .orElseThrow();
        URL[] urls = {Path.of(jar).toUri().toURL()};
        // H2 asks the thread's class loader, too, and that of a test has the corrected H2
        ClassLoader ofTest = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader classes = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(classes);
            Driver driver =
                    (Driver) classes.loadClass("org.h2.Driver").getConstructor().newInstance();
            try (Connection connection = driver.connect(url, new Properties())) {
                return IntegrityCheck.losesChanges(connection);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(ofTest);
        }
    }

    private static String repair() throws IOException {
        String page = Files.readString(Path.of("../docs/install/h2.md"));
        String section = page.substring(page.indexOf("## Repair a damaged file"));
        int sql = section.indexOf("```sql") + "```sql".length();
        return section.substring(sql, section.indexOf("```", sql));
    }

    private List<Damage> damaged() {
        return database.in(em -> with(em, new IntegrityCheck()).damaged());
    }

    /** Succeeds, and has the row as it was before, with its indexes as they are after. */
    private void revert(String id) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            Table table = session.getDatabase().getMainSchema().findTableOrView(session, "ERRAND_TASK");
            MVPrimaryIndex rows = (MVPrimaryIndex) table.getScanIndex(session);
            long key = Long.parseLong(select("SELECT _rowid_ FROM errand_task WHERE id = '" + id + "'"));
            Row before = rows.getRow(session, key);
            succeed(id);
            connection.setAutoCommit(false);
            select(connection, "SELECT COUNT(*) FROM errand_task");
            Row row = table.createRow(before.getValueList().clone(), DefaultRow.MEMORY_CALCULATE);
            row.setKey(key);
            rows.update(session, rows.getRow(session, key), row);
            connection.commit();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String select(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return select(connection, sql);
        }
    }

    private static String select(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
