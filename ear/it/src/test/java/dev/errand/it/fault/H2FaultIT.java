package dev.errand.it.fault;

import static dev.errand.it.AppClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.database.H2File;
import dev.errand.it.server.ServerProcess;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same on the H2 file of the set-up. The system property errand.it.bursts tells how many bursts there are. */
@Tag("harm")
class H2FaultIT extends FaultContract {
    private static final int BURSTS = Integer.getInteger("errand.it.bursts");
    private static final int LOW = 60;
    private static final int HIGH = 20;

    private static H2File file;

    @BeforeAll
    static void start() {
        ServerProcess fresh = ServerProcess.fresh("h2-fault", 19_000);
        file = new H2File(fresh);
        start(fresh, file);
    }

    /** None can be cut: the database is in the server's process. */
    @Override
    void connectionsThatAreCutDuringWorkAndCommits() {}

    /** All of a burst is due at once, so that batch runners meet at the same rows, and some of them roll back without any work. */
    @Test
    @Order(7)
    void burstsOfAQueueThatWasPausedRunWholeAndLeaveRowsAndIndexesAlike() throws Exception {
        for (int burst = 0; burst < BURSTS; burst++) {
            String queue = "burst-" + burst;
            rest.post("/queues/" + queue + "/pause").expect(200);
            List<String> ids = new ArrayList<>();
            for (int task = 0; task < LOW + HIGH; task++) {
                ids.add(rest.send(Map.of("task", "example.echo", "queue", queue, "priority", task < LOW ? 0 : 9)));
            }
            rest.post("/queues/" + queue + "/resume").expect(200);
            String waiting = "SELECT id FROM errand_task WHERE queue = '" + queue + "' AND wake_at IS NOT NULL";
            await(() -> database.select(waiting).isEmpty());
            assertThat(states(queue))
                    .as(queue)
                    .hasSize(ids.size())
                    .containsOnlyKeys(ids)
                    .allSatisfy((id, state) -> {
                        assertThat(state).as(id).isEqualTo("SUCCESS");
                    });
        }
    }

    @Test
    @Order(8)
    void afterAllOfItRowsAndIndexesAreAlikeAndTheServerHasTheH2ThatLosesNothing() throws SQLException {
        for (String table :
                List.of("errand_task", "errand_run", "errand_log", "errand_running", "it_ledger", "it_pair")) {
            assertThat(file.differencesOfIndexes(table)).as(table).isEmpty();
        }
        assertThat(server.log()).contains("ERRAND-0101").doesNotContain("ERRAND-0140", "ERRAND-0141");
    }

    /** Of the rows: no index has the column task. */
    private static Map<String, String> states(String queue) throws SQLException {
        Map<String, String> states = new HashMap<>();
        try (var connection = database.connect();
                var select = connection.createStatement();
                var rows =
                        select.executeQuery("SELECT id, state, task FROM errand_task WHERE queue = '" + queue + "'")) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getString(2));
            }
        }
        return states;
    }

    @Override
    List<String> makeConflicts() {
        database.execute("CREATE SEQUENCE it_deadlocks");
        database.execute("""
                CREATE ALIAS it_cross AS $$
                void cross(java.sql.Connection connection, int first) throws Exception {
                    try (java.sql.Statement statement = connection.createStatement()) {
                        statement.executeUpdate("UPDATE it_pair SET n = n + 1 WHERE id = " + first);
                        Thread.sleep(200);
                        statement.executeUpdate("UPDATE it_pair SET n = n + 1 WHERE id = " + (1 - first));
                    } catch (java.sql.SQLException e) {
                        if (e.getSQLState().equals("40001")) {
                            connection.createStatement().execute("SELECT NEXT VALUE FOR it_deadlocks");
                        }
                        throw e;
                    }
                }
                $$""");
        database.execute("""
                CREATE ALIAS it_conflict AS $$
                void conflict(java.sql.Connection connection) throws Exception {
                    java.sql.ResultSet next = connection.createStatement().executeQuery("SELECT NEXT VALUE FOR it_conflicts");
                    next.next();
                    if (next.getLong(1) % 3 > 0) {
                        throw new java.sql.SQLException("as it says", "40001");
                    }
                }
                $$""");
        return List.of("CALL it_conflict()", "CALL it_cross(0)", "CALL it_conflict()", "CALL it_cross(1)");
    }

    @Override
    int conflicts() {
        return next("it_conflicts");
    }

    @Override
    int deadlocks() {
        return next("it_deadlocks") - 1;
    }

    private static int next(String sequence) {
        return Integer.parseInt(
                database.select("SELECT NEXT VALUE FOR " + sequence).get(0));
    }
}
