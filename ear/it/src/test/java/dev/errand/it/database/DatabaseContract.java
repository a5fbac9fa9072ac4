package dev.errand.it.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The application's own tables and Errand's, in one database that the server's default datasource knows nothing of, and in
 * one transaction; looked at from outside, with tasks of an older version in it to begin with. A class a database says which.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class DatabaseContract {
    private static final int KILLED = 100;

    static ServerProcess server;
    private static DataSource database;

    final Rest rest = server.rest();
    final String app = "http://localhost:" + server.port() + "/app/";

    static void start(ServerProcess fresh, DataSource empty, String folder) throws SQLException {
        server = fresh;
        database = empty;
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/errand/" + folder)
                .table("errand_schema")
                .target("1")
                .load()
                .migrate();
        long now = System.currentTimeMillis();
        update("INSERT INTO errand_task (id, task, queue, state, priority, run, retries, crashes, wake_at, due_at,"
                + " created_at, argument) VALUES ('older', 'it.scripted', 'default', 'PENDING', 4, 1, 0, 0, " + now
                + ", " + now + ", " + now + ", '{\"steps\": [\"ok\"]}')");
        server.deploy(AppIT.withApp(ErrandEar.built())).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void tasksOfAnOlderVersionRunAfterTheUpgrade() throws SQLException {
        rest.awaitState("older", "SUCCESS");
        assertThat(ledger("older")).containsExactly("run 0");
    }

    @Test
    @Order(2)
    void theApplicationsRowAndTheTaskAreOneCommit() throws SQLException {
        String id = AppIT.id();
        rest.post(app + "?order=" + id).expect(200);

        rest.awaitState(id, "SUCCESS");
        assertThat(ledger(id)).containsExactlyInAnyOrder("ordered", "run 0");
        assertThat(count("SELECT COUNT(*) FROM errand_task WHERE id = ? AND state = 'SUCCESS'", id))
                .isEqualTo(1);
    }

    @Test
    @Order(3)
    void rolledBackThereIsNeither() throws SQLException {
        String id = AppIT.id();
        rest.post(app + "?fail=true&order=" + id).expect(500);

        rest.get("/tasks/" + id).expect(404);
        assertThat(ledger(id)).isEmpty();
        assertThat(count("SELECT COUNT(*) FROM errand_task WHERE id = ?", id)).isZero();
    }

    @Test
    @Order(4)
    void aRowThatAHandlerWritesBeforeItFailsIsNotThere() throws SQLException {
        String id = AppIT.id();
        rest.post(app + "?step=fail&order=" + id).expect(200);

        rest.awaitState(id, "FAILURE");
        assertThat(ledger(id)).containsExactly("ordered");
    }

    /** It is the database that decides here: once for each of them is enough. */
    @Test
    @Order(5)
    @Tag("database")
    void afterAKillTheRowOfEachHandlerIsThereOnce() throws SQLException {
        String query = "?task=it.scripted&count=" + KILLED + "&eta=" + Instant.EPOCH + "&queue=killed&step=sleep%2050";
        rest.post(app + query).expect(200);
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> count("SELECT COUNT(*) FROM errand_task WHERE queue = ? AND state = 'SUCCESS'", "killed")
                        >= KILLED / 5);
        server.kill();
        assertThat(count("SELECT COUNT(*) FROM errand_task WHERE queue = ? AND state = 'PENDING'", "killed"))
                .as("in the middle of it")
                .isPositive();
        server.start();

        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> count("SELECT COUNT(*) FROM errand_task WHERE queue = ? AND state = 'SUCCESS'", "killed")
                        == KILLED);
        assertThat(count(
                        "SELECT COUNT(*) FROM it_ledger l JOIN errand_task t ON t.id = l.task WHERE t.queue = ?",
                        "killed"))
                .isEqualTo(KILLED);
        assertThat(count(
                        "SELECT COUNT(DISTINCT l.task) FROM it_ledger l JOIN errand_task t ON t.id = l.task WHERE t.queue = ?",
                        "killed"))
                .isEqualTo(KILLED);
    }

    private static void update(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static int count(String sql, String parameter) throws SQLException {
        return Integer.parseInt(select(sql, parameter).get(0));
    }

    private static List<String> ledger(String id) throws SQLException {
        return select("SELECT note FROM it_ledger WHERE task = ?", id);
    }

    private static List<String> select(String sql, String parameter) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }
}
