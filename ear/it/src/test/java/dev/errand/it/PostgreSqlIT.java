package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final int DRAINED = 5_000;

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
    void killedInTheMidstOfADrainEachHandlersRowIsThereOnce() throws SQLException {
        Chance chance = new Chance();
        int kills = Integer.getInteger("errand.it.kills", 1);
        for (int kill = 1; kill <= kills; kill++) {
            awaitDrains();
            sendSharing(DRAINED, "drained");
            int enough = (kill - 1) * DRAINED + 1 + chance.nextInt(DRAINED / 2);
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> successes("drained") >= enough);
            server.kill();
            assertThat(successes("drained"))
                    .as("in the midst of it, kill %d, %s", kill, chance)
                    .isLessThan(kill * DRAINED);
            server.start();
            int all = kill * DRAINED;
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> successes("drained") == all);
            String of = " FROM it_ledger l JOIN errand_task t ON t.id = l.task WHERE t.queue = ?";
            assertThat(count("SELECT COUNT(*)" + of, "drained"))
                    .as("kill %d, %s", kill, chance)
                    .isEqualTo(all);
            assertThat(count("SELECT COUNT(DISTINCT l.task)" + of, "drained"))
                    .as("kill %d, %s", kill, chance)
                    .isEqualTo(all);
            assertThat(count(
                            "SELECT COUNT(*) FROM errand_task WHERE queue = ? AND (retries > 0 OR run > 1 OR wake_at IS NOT NULL)",
                            "drained"))
                    .as("a crash costs no retry, kill %d, %s", kill, chance)
                    .isZero();
        }
    }

    /** A node runs each task alone for a while after its start. */
    private void awaitDrains() {
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
