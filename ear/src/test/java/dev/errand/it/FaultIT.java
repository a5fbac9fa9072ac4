package dev.errand.it;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a database that is up does to those who work with it: it loses no task, doubles none, and costs no retry. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("database")
@Tag("chaos")
class FaultIT {
    private static final int TASKS = 900;
    private static final int CONFLICTS = 60;
    private static final String POOL = "<pool><max-pool-size>40</max-pool-size></pool>";
    private static final String SMALL_POOL = "<pool><max-pool-size>4</max-pool-size></pool>";

    /** So long a thread waits for a connection: else half a minute, in which nothing happens. */
    private static final String IMPATIENT =
            "</validation><timeout><blocking-timeout-millis>2000</blocking-timeout-millis></timeout>";

    private static PostgresProcess database;
    private static ServerProcess server;
    private static OutsideLedger outside;

    private final Rest rest = server.rest();
    private final AppClient app = new AppClient(server);

    @BeforeAll
    static void start() {
        outside = new OutsideLedger();
        server = ServerProcess.fresh("fault", 13_000).with("errand.lease", "PT5S");
        database = new PostgresProcess("fault", 15434).start();
        // it looks for a deadlock so soon after somebody had to wait
        database.execute("ALTER DATABASE postgres SET deadlock_timeout = '50ms'");
        server.onDatabase(org.postgresql.Driver.class, database.url(), "postgres", "any")
                .withAdministrators()
                .deploy(AppIT.withApp(ErrandEar.built()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
        outside.close();
    }

    @Test
    @Order(1)
    void connectionsThatAreCutInTheMidstOfWorkAndCommits() throws Exception {
        long seed = new Random().nextLong();
        String context = "seed " + seed;
        Random random = new Random(seed);
        Load load = Load.of(TASKS, server, database, outside, "cut");
        int cut = 0;
        for (int seen = 0; load.lasts(); seen = load.acknowledged()) {
            int before = seen + random.nextInt(20);
            await(() -> !load.lasts() || load.acknowledged() > before);
            cut += database.cutConnections(random);
        }
        load.hasRunOnce(context);
        assertThat(cut).as(context).isGreaterThan(TASKS / 20);
        assertThat(load.refused()).as(context).allMatch(answer -> answer.startsWith("503"));
    }

    @Test
    @Order(2)
    void deadlocksAndSerializationFailures() {
        database.execute("CREATE TABLE it_pair (id INT PRIMARY KEY, n INT)");
        database.execute("INSERT INTO it_pair VALUES (0, 0), (1, 0)");
        database.execute("CREATE FUNCTION it_cross(first INT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE it_pair SET n = n + 1 WHERE id = first; PERFORM pg_sleep(0.05);"
                + " UPDATE it_pair SET n = n + 1 WHERE id = 1 - first; END $$");
        // two of three fail; a sequence is not rolled back
        database.execute("CREATE SEQUENCE it_conflicts");
        database.execute("CREATE FUNCTION it_conflict(state TEXT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " IF nextval('it_conflicts') % 3 > 0 THEN RAISE EXCEPTION 'as it says' USING ERRCODE = state; END IF;"
                + " END $$");
        List<String> ids = IntStream.range(0, CONFLICTS)
                .mapToObj(i -> rest.send(
                        switch (i % 4) {
                            case 0 -> script("it.scripted", "execute SELECT it_conflict('40001')");
                            case 1 -> script("it.scripted", "execute SELECT it_conflict('40P01')");
                            default -> script("it.scripted", "execute SELECT it_cross(" + i % 2 + ")");
                        }))
                .toList();
        app.haveRunOnce(ids, 0);
        assertThat(database.select("SELECT n FROM it_pair"))
                .containsExactly(Integer.toString(CONFLICTS / 2), Integer.toString(CONFLICTS / 2));
        assertThat(database.select("SELECT 1 FROM pg_stat_database WHERE datname = 'postgres' AND deadlocks > 0"))
                .isNotEmpty();
        assertThat(database.select("SELECT 1 FROM it_conflicts WHERE last_value >= " + CONFLICTS / 2 * 3))
                .isNotEmpty();
    }

    @Test
    @Order(3)
    void aRecordThatSomebodyElseHasLocked() throws Exception {
        rest.post("/queues/locked/pause").expect(200);
        Map<String, Object> task = script("it.scripted", "ok");
        task.put("queue", "locked");
        String held = rest.send(task);
        List<String> others =
                IntStream.range(0, 100).mapToObj(i -> rest.send(task)).toList();
        try (Connection somebody = database.connect();
                Statement statement = somebody.createStatement()) {
            somebody.setAutoCommit(false);
            statement.execute("SELECT 1 FROM errand_task WHERE id = '" + held + "' FOR UPDATE");
            rest.post("/queues/locked/resume").expect(200);
            app.haveRunOnce(others, 0);
            assertThat(rest.task(held).path("state").asString()).isEqualTo("PENDING");
            assertThat(app.ledger(held)).isEmpty();
            somebody.rollback();
        }
        app.haveRunOnce(List.of(held), 0);
    }

    @Test
    @Order(4)
    void aPoolWithTooFewConnections() throws Exception {
        server.stop();
        server.configure(POOL, SMALL_POOL).configure("</validation>", IMPATIENT).start();
        List<String> slow = IntStream.range(0, 16)
                .mapToObj(i -> rest.send(script("it.scripted", "execute SELECT pg_sleep(2)")))
                .toList();
        Load load = Load.of(TASKS / 3, server, database, outside, "pool");
        app.haveRunOnce(slow, 0);
        load.hasRunOnce("a small pool");
        assertThat(load.refused()).allMatch(answer -> answer.startsWith("503"));
        server.stop();
        server.configure(SMALL_POOL, POOL).configure(IMPATIENT, "</validation>").start();
    }

    @Test
    @Order(5)
    void theApplicationIsDeployedAnewAndTheServerStopsUnderLoad() throws Exception {
        Load load = Load.of(TASKS, server, database, outside, "deployed");
        try (Admin admin = server.admin()) {
            await(() -> load.acknowledged() > 50);
            admin.redeploy();
            server.awaitHealth();
            int before = load.acknowledged();
            await(() -> load.acknowledged() > before + 50);
            admin.undeploy();
            admin.deploy();
            server.awaitHealth();
        }
        int before = load.acknowledged();
        await(() -> load.acknowledged() > before + 50);
        assertThat(load.lasts()).isTrue();
        server.stop();
        server.start();
        load.hasRunOnce("deployed anew");
    }
}
