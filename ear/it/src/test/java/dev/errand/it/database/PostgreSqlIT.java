package dev.errand.it.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.Chance;
import dev.errand.it.client.Rest;
import dev.errand.it.server.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgreSqlIT extends DatabaseContract {
    private static final int BATCHED = 5_000;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.builder().start();
        start(
                ServerProcess.fresh("postgresql", 5000)
                        .onDatabase(
                                org.postgresql.Driver.class,
                                "jdbc:postgresql://localhost:" + postgres.getPort()
                                        + "/postgres?reWriteBatchedInserts=true",
                                "postgres",
                                "any"),
                postgres.getPostgresDatabase(),
                "postgresql");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    /** Short tasks that wait are run many in a transaction. How often it is killed: errand.it.kills, or once. */
    @Test
    @Order(6)
    @Tag("database")
    @Tag("chaos")
    void killedDuringABatchEachHandlersRowIsThereOnce() throws SQLException {
        Chance chance = new Chance();
        int kills = Integer.getInteger("errand.it.kills", 1);
        for (int kill = 1; kill <= kills; kill++) {
            awaitBatches();
            sendSharing(BATCHED, "batched");
            int enough = (kill - 1) * BATCHED + 1 + chance.nextInt(BATCHED / 2);
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> successes("batched") >= enough);
            server.kill();
            assertThat(successes("batched"))
                    .as("in the middle of it, kill %d, %s", kill, chance)
                    .isLessThan(kill * BATCHED);
            server.start();
            int all = kill * BATCHED;
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> successes("batched") == all);
            String of = " FROM it_ledger l JOIN errand_task t ON t.id = l.task WHERE t.queue = ?";
            assertThat(count("SELECT COUNT(*)" + of, "batched"))
                    .as("kill %d, %s", kill, chance)
                    .isEqualTo(all);
            assertThat(count("SELECT COUNT(DISTINCT l.task)" + of, "batched"))
                    .as("kill %d, %s", kill, chance)
                    .isEqualTo(all);
            assertThat(count(
                            "SELECT COUNT(*) FROM errand_task WHERE queue = ? AND (retries > 0 OR run > 1 OR wake_at IS NOT NULL)",
                            "batched"))
                    .as("a crash costs no retry, kill %d, %s", kill, chance)
                    .isZero();
        }
    }

    /** A node runs each task alone for a while after its start. */
    private void awaitBatches() {
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> {
            String queue = "q-" + UUID.randomUUID();
            sendSharing(100, queue);
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> successes(queue) == 100);
            return count("SELECT COUNT(DISTINCT result) FROM errand_task WHERE queue = ?", queue) < 100;
        });
    }

    private void sendSharing(int count, String queue) {
        rest.post(app + "?task=it.sharing&count=" + count + "&eta=" + Instant.EPOCH + "&queue=" + queue + "&step=write")
                .expect(200);
    }

    private static int successes(String queue) throws SQLException {
        return count("SELECT COUNT(*) FROM errand_task WHERE queue = ? AND state = 'SUCCESS'", queue);
    }
}
