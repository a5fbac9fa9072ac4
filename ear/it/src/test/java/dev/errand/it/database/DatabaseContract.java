package dev.errand.it.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final int SENDERS = 16;
    private static final int DUPLICATES = 1_000;

    static ServerProcess server;
    private static DataSource database;

    final Rest rest = server.rest();
    final String app = "http://localhost:" + server.port() + "/app/";

    static void start(ServerProcess fresh, DataSource empty, String folder) throws SQLException {
        server =
                fresh.with("errand.archive.dir", fresh.data().resolve("archive").toString());
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

    /** The driver's own way, where there is one, has to be found through the server's pool. */
    @Test
    @Order(5)
    void aFileOfTheArchiveIsLoadedIntoATable() throws SQLException, IOException {
        Path archive = Files.createDirectories(server.data().resolve("archive"));
        Files.writeString(
                archive.resolve("cities.csv"), "id;name;area;founded\n1;Köln;405,02;50-01-01\n2;Bonn;141,1;\n");
        Map<String, Object> argument = Map.of("file", "cities.csv", "table", "cities", "mode", "upsert", "key", "id");
        String checked = rest.send(Map.of("task", "datastore.validate", "argument", Map.of("file", "cities.csv")));
        assertThat(rest.awaitState(checked, "SUCCESS").result().path("rows").asInt())
                .isEqualTo(2);

        TaskView task = rest.awaitState(rest.send(Map.of("task", "datastore.load", "argument", argument)), "SUCCESS");
        assertThat(task.result().path("rows").asInt()).isEqualTo(2);
        assertThat(task.result().path("columns").get(2).path("type").asString()).isEqualTo("decimal");
        assertThat(task.toString()).doesNotContain("COPY");
        assertThat(count("SELECT COUNT(*) FROM cities WHERE name = ? AND area = 405.02", "Köln"))
                .isEqualTo(1);

        Files.writeString(archive.resolve("cities.csv"), "id;name;area;founded\n1;Cologne;405,02;\n3;Ulm;118,7;\n");
        rest.awaitState(rest.send(Map.of("task", "datastore.load", "argument", argument)), "SUCCESS");
        assertThat(select("SELECT name FROM cities WHERE name <> ? ORDER BY id", ""))
                .containsExactly("Cologne", "Bonn", "Ulm");
        Files.writeString(archive.resolve("cities.csv"), "id;name;area;founded\n1\n");
        String wrong = rest.send(Map.of("task", "datastore.load", "argument", argument));
        assertThat(rest.awaitState(wrong, "FAILURE").error().message()).contains("Nothing was loaded");
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

    /** The index decides, and a sender without a transaction is not hurt by the locks of the others. */
    @Test
    @Order(6)
    void ofManyDuplicatesAtOnceThereIsOneTask() throws Exception {
        for (String answer : List.of("KEEP", "REPLACE", "REFUSE")) {
            Map<String, Object> task = Map.of(
                    "task",
                    "it.scripted",
                    "queue",
                    "unique",
                    "uniqueKey",
                    "same-" + answer,
                    "onDuplicate",
                    answer,
                    "countdown",
                    "PT1H",
                    "argument",
                    Map.of("steps", List.of("ok")));
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            Map<Integer, Integer> statuses = new TreeMap<>();
            Set<String> ids = new HashSet<>();
            try {
                List<Future<Rest.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < DUPLICATES; i++) {
                    answers.add(senders.submit(() -> rest.post("/tasks", task)));
                }
                for (Future<Rest.Answer> sent : answers) {
                    statuses.merge(sent.get().status(), 1, Integer::sum);
                    if (sent.get().status() < 300) {
                        ids.add(sent.get().task().id());
                    }
                }
            } finally {
                senders.shutdownNow();
            }
            assertThat(statuses)
                    .as(answer)
                    .isEqualTo(Map.of(201, 1, answer.equals("REFUSE") ? 409 : 200, DUPLICATES - 1));
            assertThat(ids).hasSize(1);
            assertThat(count("SELECT COUNT(*) FROM errand_task WHERE unique_key = ?", "same-" + answer))
                    .isEqualTo(1);
        }
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
