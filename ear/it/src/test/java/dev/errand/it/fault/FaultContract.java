package dev.errand.it.fault;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.Chance;
import dev.errand.it.Load;
import dev.errand.it.OutsideLedger;
import dev.errand.it.client.Rest;
import dev.errand.it.database.Database;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Admin;
import dev.errand.it.server.ServerProcess;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Harm under load, on a database that is up: it loses no task, doubles none, and costs no retry. How many tasks: errand.it.load;
 * how often the server is killed: errand.it.kills.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FaultContract {
    private static final int TASKS = Integer.getInteger("errand.it.load");
    private static final int CONFLICTS = 60;
    private static final int FEW_CONNECTIONS = 4;

    /** A start takes longer. */
    private static final Duration IN_A_START = Duration.ofSeconds(10);

    static Database database;
    static ServerProcess server;
    private static OutsideLedger outside;

    final Rest rest = server.rest();
    final AppClient app = new AppClient(server);

    /** @param fresh not set up for the database, with nothing deployed */
    static void start(ServerProcess fresh, Database started) {
        outside = new OutsideLedger();
        database = started;
        server = database.at(fresh)
                .with("errand.lease", "PT5S")
                .withAdministrators()
                .deploy(AppIT.withApp(ErrandEar.built()))
                .start();
        database.execute("CREATE INDEX it_ledger_task ON it_ledger (task)");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
        outside.close();
    }

    static Load load(String queue) {
        return Load.of(TASKS, server, database, outside, queue);
    }

    /** Returns while the load lasts, so that the fault hits it. */
    private static void awaitMore(Load load, int acknowledged) {
        int before = load.acknowledged();
        await(() -> !load.lasts() || load.acknowledged() > before + acknowledged);
        assertThat(load.lasts())
                .as("with so few tasks (errand.it.load) it ends too soon")
                .isTrue();
    }

    @Test
    @Order(1)
    void connectionsThatAreCutDuringWorkAndCommits() throws Exception {
        Chance chance = new Chance();
        Load load = load("cut");
        int cut = 0;
        for (int seen = 0; load.lasts(); seen = load.acknowledged()) {
            int before = seen + chance.nextInt(20);
            await(() -> !load.lasts() || load.acknowledged() > before);
            cut += database.cutConnections(chance);
        }
        load.hasRunOnce(chance.toString());
        assertThat(cut).as(chance.toString()).isGreaterThan(TASKS / 20);
        assertThat(load.refused()).as(chance.toString()).allMatch(answer -> answer.startsWith("503"));
    }

    /**
     * SQL that handlers execute in turn: every other one fails two times of three, by the sequence it_conflicts, with what the
     * database says of a serialization failure or a deadlock; the others are real deadlocks between two that run at once, and
     * add 1 to n of both rows of it_pair in different order.
     */
    abstract List<String> makeConflicts();

    /** The next value of it_conflicts. */
    abstract int conflicts();

    /** Deadlocks the database has seen. */
    abstract int deadlocks();

    @Test
    @Order(2)
    void deadlocksAndSerializationFailures() {
        database.execute("CREATE TABLE it_pair (id INT PRIMARY KEY, n INT)");
        database.execute("INSERT INTO it_pair VALUES (0, 0), (1, 0)");
        // it is not rolled back
        database.execute("CREATE SEQUENCE it_conflicts");
        List<String> statements = makeConflicts();
        List<String> ids = IntStream.range(0, CONFLICTS)
                .mapToObj(i -> rest.send(script("it.scripted", "execute " + statements.get(i % statements.size()))))
                .toList();
        app.haveRunOnce(ids, 0);
        assertThat(database.select("SELECT n FROM it_pair"))
                .containsExactly(Integer.toString(CONFLICTS / 2), Integer.toString(CONFLICTS / 2));
        assertThat(deadlocks()).isPositive();
        assertThat(conflicts()).isGreaterThanOrEqualTo(CONFLICTS / 2 * 3);
    }

    @Test
    @Order(3)
    void aRecordThatAnotherSessionHasLocked() throws Exception {
        rest.post("/queues/locked/pause").expect(200);
        Map<String, Object> task = script("it.scripted", "ok");
        task.put("queue", "locked");
        String held = rest.send(task);
        List<String> others =
                IntStream.range(0, 100).mapToObj(i -> rest.send(task)).toList();
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 1 FROM errand_task WHERE id = '" + held + "' FOR UPDATE");
            rest.post("/queues/locked/resume").expect(200);
            app.haveRunOnce(others, 0);
            assertThat(rest.task(held).state()).isEqualTo("PENDING");
            assertThat(app.ledger(held)).isEmpty();
            holder.rollback();
        }
        app.haveRunOnce(List.of(held), 0);
    }

    /** Some kills hit a start, in which the server takes up the work that the killed one has left. */
    @Test
    @Order(4)
    void theServerIsKilledAtRandomPoints() throws Exception {
        Chance chance = new Chance();
        int kills = Integer.getInteger("errand.it.kills");
        for (int kill = 1; kill <= kills; kill++) {
            Load load = load("killed-" + kill);
            awaitMore(load, chance.nextInt(TASKS / 2));
            server.kill();
            if (kill < kills && chance.nextInt(3) == 0) {
                server.startWithoutWaiting();
                LockSupport.parkNanos(chance.nextLong(IN_A_START.toNanos()));
                server.kill();
                kill++;
            }
            server.start();
            load.hasRunOnce(chance + ", kill " + kill);
        }
    }

    @Test
    @Order(5)
    @Tag("chaos")
    void theApplicationIsRedeployedAndTheServerStopsUnderLoad() throws Exception {
        // on some servers deploying takes little more than no time, and much is sent meanwhile
        Load load = Load.of(3 * TASKS, server, database, outside, "deployed");
        try (Admin admin = server.admin()) {
            awaitMore(load, 50);
            admin.redeploy();
            server.awaitHealth();
            awaitMore(load, 50);
            admin.undeploy();
            admin.deploy();
            server.awaitHealth();
        }
        awaitMore(load, 50);
        server.stop();
        server.start();
        load.hasRunOnce("redeployed");
    }

    @Test
    @Order(6)
    @Tag("chaos")
    void aPoolWithTooFewConnections() throws Exception {
        server.stop();
        server.withConnections(FEW_CONNECTIONS).start();
        String slow = "?task=it.scripted&step=sleep%202000&queue=slow&count=" + ServerProcess.SESSIONS + "&eta="
                + Instant.EPOCH;
        rest.post(app.url() + slow).expect(200);
        Load load = Load.of(TASKS / 3, server, database, outside, "pool");
        load.hasRunOnce("a small pool");
        String waiting = "SELECT id FROM errand_task WHERE queue = 'slow' AND state NOT IN ('SUCCESS', 'FAILURE')";
        await(() -> database.select(waiting).isEmpty());
        List<String> ids = database.select("SELECT id FROM errand_task WHERE queue = 'slow'");
        assertThat(ids).hasSize(ServerProcess.SESSIONS);
        app.haveRunOnce(ids, 0);
        assertThat(load.refused()).allMatch(answer -> answer.startsWith("503"));
    }
}
