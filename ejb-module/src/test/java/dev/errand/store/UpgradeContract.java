package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.HistoryPage;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
import dev.errand.store.schema.Schema;
import dev.errand.store.view.TaskHistory;
import dev.errand.store.view.TaskInfos;
import dev.errand.store.view.TaskQueries;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of each version that ever was, with tasks in every state, are brought to the newest, and the tasks live on. */
abstract class UpgradeContract {
    private static final long NOW = 1_000_000;
    private static final String TASK =
            "INSERT INTO errand_task (id, task, queue, state, priority, run, retries, crashes,"
                    + " wake_at, due_at, created_at, started_at, finished_at, node, unique_key, live_key, argument, result,"
                    + " error_type, error_message) VALUES ";

    /** As version 1 wrote them, and those after it do unless they say otherwise here. */
    private static final List<String> ROWS = List.of(
            "INSERT INTO errand_queue (name, paused) VALUES ('default', FALSE)",
            "INSERT INTO errand_queue (name, paused) VALUES ('paused', TRUE)",
            TASK + "('due', 't.t', 'default', 'PENDING', 4, 1, 0, 0, 1000000, 1000000, 1, NULL, NULL, NULL, 'key',"
                    + " 'key', '\"hello\"', NULL, NULL, NULL)",
            TASK + "('later', 't.t', 'default', 'PENDING', 9, 1, 0, 0, 1000100, 1000100, 2, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL)",
            TASK + "('held', 't.t', 'paused', 'PENDING', 4, 1, 0, 0, 1000000, 1000000, 3, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL)",
            TASK + "('started', 't.t', 'default', 'STARTED', 4, 1, 0, 0, 999000, 1000, 4, 1000, NULL, 'node-1', NULL,"
                    + " NULL, NULL, NULL, NULL, NULL)",
            TASK + "('retry', 't.t', 'default', 'RETRY', 4, 2, 1, 0, 1000000, 1000000, 5, 1000, 1001, NULL, NULL, NULL,"
                    + " NULL, NULL, 'java.io.IOException', 'away')",
            "INSERT INTO errand_run (task_id, run, node, started_at, finished_at, state, error_type, error_message)"
                    + " VALUES ('retry', 1, 'node-1', 1000, 1001, 'RETRY', 'java.io.IOException', 'away')",
            TASK
                    + "('parked', 't.parked', 'default', 'PARKED', 4, 1, 0, 0, NULL, 1000, 6, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL)",
            TASK + "('success', 't.t', 'default', 'SUCCESS', 4, 1, 0, 0, NULL, 1000, 7, 1000, 1001, 'node-1', NULL,"
                    + " NULL, NULL, '42', NULL, NULL)",
            "INSERT INTO errand_log (task_id, run, line, at, message) VALUES ('success', 1, 1, 1000, 'a line')",
            TASK + "('failure', 't.t', 'default', 'FAILURE', 4, 1, 0, 0, NULL, 1000, 8, 1000, 1001, 'node-1', NULL,"
                    + " NULL, NULL, NULL, 'java.io.IOException', 'away')",
            TASK + "('revoked', 't.t', 'default', 'REVOKED', 4, 1, 0, 0, NULL, 1000, 9, NULL, 1001, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL)",
            "INSERT INTO errand_running (task_id, run, node, started_at, seen_at) VALUES ('due', 1, 'node-1', 1, 2)",
            "INSERT INTO errand_revocation (task_id, requested_at) VALUES ('started', 1000)");

    /** An empty database, of the kind under test. */
    public abstract DataSource fresh(String name) throws Exception;

    static Stream<String> olderVersions() {
        return IntStream.range(1, Schema.MIGRATIONS.size()).mapToObj(Integer::toString);
    }

    @ParameterizedTest
    @MethodSource("olderVersions")
    void tasksLiveOnInTheNewestVersion(String version) throws Exception {
        DataSource dataSource = fresh("version_" + version);
        migrateTo(version, dataSource);
        write(dataSource);

        try (Database upgraded = new Database(dataSource)) {
            nothingIsLost(upgraded);
            waitingTasksRun(upgraded);
            requestsOfUsersWork(upgraded);
        }
    }

    /** A node of the version before this one continues to run while another node changes the tables. */
    @Test
    void theVersionBeforeThisOneFindsAndLeasesTasksInTheNewestTables() throws Exception {
        try (Database newest = new Database(fresh("version_before"))) {
            write(newest.dataSource());
            newest.run(em -> {
                Jdbc jdbc = transitionsIn(em).jdbc;
                String at = jdbc.dialect() == Dialect.POSTGRESQL ? "wake_at + 0" : "wake_at";
                assertThat(jdbc.read(
                                "SELECT DISTINCT t.queue FROM (SELECT queue, wake_at FROM errand_task"
                                        + jdbc.dialect().index("errand_task_wake") + " WHERE wake_at IS NOT NULL AND "
                                        + at
                                        + " >= ? ORDER BY " + at + " LIMIT 100) t ORDER BY t.queue",
                                row -> row.getString(1),
                                0L))
                        .containsExactly("default", "paused");
                List<String> due = jdbc.read(
                        "SELECT t.id FROM errand_task t" + jdbc.dialect().index("errand_task_due")
                                + " WHERE t.queue = ? AND t.priority = ? AND t.wake_at >= 0 AND t.wake_at <= ?"
                                + jdbc.dialect().unlessH2(" ORDER BY t.queue, t.priority, t.wake_at")
                                + " LIMIT ? FOR UPDATE SKIP LOCKED",
                        row -> row.getString(1),
                        "default",
                        4,
                        NOW,
                        9);
                assertThat(due).containsExactlyInAnyOrder("due", "started", "retry");
                assertThat(jdbc.update(
                                "UPDATE errand_task SET node = ?, wake_at = ? WHERE id = ?", "old", NOW + 50, "due"))
                        .isEqualTo(1);
            });
            newest.run(em -> assertThat(dueIn(em).look(NOW + 50).turns())
                    .as("its lease has ended")
                    .isNotEmpty());
        }
    }

    private static void migrateTo(String version, DataSource dataSource) throws SQLException {
        String folder;
        try (Connection connection = dataSource.getConnection()) {
            folder = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        }
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/errand/" + folder)
                .table("errand_schema")
                .target(version)
                .load()
                .migrate();
    }

    private static void write(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String row : ROWS) {
                statement.executeUpdate(row);
            }
        }
    }

    private static TaskInfo find(Database database, String id) {
        return database.in(em -> {
            TaskHistory history = with(em, new TaskHistory());
            return with(em, new TaskQueries())
                    .find(id)
                    .map(row -> TaskInfos.whole(row, Set.of(), 3, history.of(row, HistoryPage.newest())))
                    .orElseThrow();
        });
    }

    private static void nothingIsLost(Database database) {
        assertThat(database.<List<String>>in(
                        em -> with(em, new TaskQueries()).list(TaskFilter.all(), null).rows().stream()
                                .map(row -> row.task().id())
                                .toList()))
                .containsExactly("revoked", "failure", "success", "parked", "retry", "started", "held", "later", "due");
        assertThat(find(database, "due").argument()).isEqualTo("hello");
        assertThat(find(database, "due").state()).as("it runs").isEqualTo(TaskState.STARTED);
        assertThat(find(database, "success").result()).isEqualTo(42);
        assertThat(find(database, "success").log()).hasSize(1);
        assertThat(find(database, "retry").runs()).isNotEmpty();
        assertThat(find(database, "failure").error().message()).isEqualTo("away");
        database.run(em -> assertThat(with(em, new KeyHolders()).ofKey("key", 0).map(KeyHolders.Holder::id))
                .contains("due"));
    }

    private static TaskRecords recordsIn(EntityManager em) {
        return with(em, new TaskRecords());
    }

    private static TaskTransitions transitionsIn(EntityManager em) {
        return with(em, new TaskTransitions());
    }

    private static DueRecords dueIn(EntityManager em) {
        return with(em, new DueRecords());
    }

    private static void waitingTasksRun(Database database) {
        database.run(em -> assertThat(dueIn(em).lockHeldBy("node-1", NOW, 9))
                .singleElement()
                .extracting(TaskRecord::id)
                .isEqualTo("started"));
        database.run(em -> transitionsIn(em)
                .lose(recordsIn(em).lock("started").orElseThrow(), NOW, new ErrorText("lost", "", "")));
        database.run(em -> with(em, new ControlRecords()).forgetRevocation("started"));
        database.run(em -> transitionsIn(em).unpark(dueIn(em).lockParked("t.parked", 9), "", NOW));
        database.run(em -> dueIn(em)
                .look(NOW)
                .turns()
                .forEach(turn -> transitionsIn(em).lease(dueIn(em).lock(turn, NOW, 9), "node-2", NOW + 50)));

        assertThat(database.<List<String>>in(em -> dueIn(em).lockHeldBy("node-2", NOW, 9).stream()
                        .map(TaskRecord::id)
                        .toList()))
                .containsExactlyInAnyOrder("due", "started", "retry", "parked");
        succeed(database, "due", 1);
        succeed(database, "started", 2);
        succeed(database, "retry", 2);
        succeed(database, "parked", 1);
        database.run(
                em -> assertThat(with(em, new TaskLocks()).claim("held", 1)).isEmpty());
    }

    private static void succeed(Database database, String id, int run) {
        database.run(em -> {
            assertThat(with(em, new TaskLocks()).claim(id, run)).as(id).isPresent();
            Ended ended = new Ended(id, run, "node-2", NOW, NOW + 1, null);
            assertThat(transitionsIn(em).end(ended, TaskState.SUCCESS, "1", null))
                    .isTrue();
        });
        assertThat(find(database, id).state()).isEqualTo(TaskState.SUCCESS);
    }

    private static void requestsOfUsersWork(Database database) {
        database.run(em -> with(em, new QueueRecords()).pause("paused", false, "ann", NOW));
        database.run(em -> with(em, new ControlRecords())
                .runAgain(recordsIn(em).lock("failure").orElseThrow(), "ann", NOW));
        succeed(database, "held", 1);
        succeed(database, "failure", 2);
        assertThat(database.<Integer>in(em -> with(em, new OldRecords())
                        .prune(TaskState.SUCCESS, 0, NOW + 1, 99)
                        .tasks()))
                .isEqualTo(7);
    }
}
