package dev.errand.it;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Two nodes with one database: they share the work, and one that is killed or frozen costs no task and doubles none. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("database")
@Tag("chaos")
class ClusterIT {
    private static final int TASKS = 200;

    /** So many that one node is busy with them for longer than the other takes to look what waits. */
    private static final int LONG_TASKS = 80;

    private static PostgresProcess database;
    private static ServerProcess one;
    private static ServerProcess two;

    private final Rest atOne = one.rest();
    private final Rest atTwo = two.rest();
    private final AppClient app = new AppClient(one);
    private final AppClient appAtTwo = new AppClient(two);

    @BeforeAll
    static void start() {
        database = new PostgresProcess("cluster", 15433).start();
        one = node("cluster-one", 11_000);
        two = node("cluster-two", 12_000);
        one.start();
        two.start();
    }

    private static ServerProcess node(String name, int offset) {
        return ServerProcess.fresh(name, offset)
                .with("errand.node", name)
                .with("errand.lease", "PT5S")
                .onDatabase(org.postgresql.Driver.class, database.url(), "postgres", "any")
                .deploy(AppIT.withApp(ErrandEar.built()));
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        database.close();
    }

    @Test
    @Order(1)
    void whatFallsDueAtTheSameMomentRunsOnceEach() {
        String eta = Instant.now().plusSeconds(4).toString();
        Map<String, Object> task = script("it.scripted", "ok");
        task.put("eta", eta);
        List<String> ids = IntStream.range(0, TASKS)
                .mapToObj(i -> (i % 2 == 0 ? atOne : atTwo).send(task))
                .toList();
        appAtTwo.haveRunOnce(ids, 0);
    }

    @Test
    @Order(2)
    void theNodesShareWhatOneOfThemWasSent() {
        List<String> ids = IntStream.range(0, LONG_TASKS)
                .mapToObj(i -> atOne.send(script("it.outside", "sleep 8000")))
                .toList();
        Set<String> nodes = new TreeSet<>();
        for (String id : ids) {
            JsonNode task = atOne.awaitState(id, "SUCCESS");
            assertThat(task.path("runs")).hasSize(1);
            nodes.add(task.path("node").asString());
        }
        assertThat(nodes).containsExactly("cluster-one", "cluster-two");
    }

    @Test
    @Order(3)
    void aFrozenNodeIsTakenForDeadAndItsLateOutcomeChangesNothing() throws Exception {
        String id = atOne.send(script("it.outside", "sleep 8000"));
        appAtTwo.awaitStarted(id);
        assertThat(atTwo.task(id).path("node").asString()).isEqualTo("cluster-one");

        signal("STOP");
        try {
            await(() -> atTwo.task(id).path("node").asString().equals("cluster-two"));
        } finally {
            signal("CONT");
        }
        await(() -> one.log().lines().anyMatch(line -> line.contains("ERRAND-0305") && line.contains(id)));
        JsonNode task = atTwo.awaitState(id, "SUCCESS");
        assertThat(task.path("retries").asInt()).as("a crash costs no retry").isZero();
        assertThat(task.path("node").asString()).isEqualTo("cluster-two");
        assertThat(task.path("runs")).hasSize(2);
        JsonNode run = task.path("runs").get(1);
        assertThat(run.path("node").asString()).isEqualTo("cluster-two");
        assertThat(Duration.between(
                        Instant.parse(run.path("startedAt").asString()),
                        Instant.parse(run.path("finishedAt").asString())))
                .as("not cut short by the other's outcome")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(8));
    }

    private static void signal(String name) {
        new Shell(one.data())
                .run("/bin/kill", "-" + name, Long.toString(one.process().pid()));
    }

    @Test
    @Order(4)
    void theOtherNodeTakesOverWhatAKilledOneHad() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(3);
        Future<List<String>> once = senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "ok")));
        Future<List<String>> twice =
                senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "retry PT0.5S", "ok")));
        Future<List<String>> slow = senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "sleep 100")));
        String running = atOne.send(script("it.outside", "sleep 8000"));
        appAtTwo.awaitStarted(running);
        one.kill();
        senders.shutdown();

        assertThat(once.get()).isNotEmpty();
        appAtTwo.haveRunOnce(once.get(), 0);
        appAtTwo.haveRunOnce(slow.get(), 0);
        appAtTwo.haveRunOnce(twice.get(), 1);
        JsonNode taken = atTwo.awaitState(running, "SUCCESS");
        assertThat(taken.path("node").asString()).isEqualTo("cluster-two");
        assertThat(taken.path("retries").asInt()).isZero();
    }

    @Test
    @Order(5)
    void aNodeJoinsUnderLoad() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        Future<List<String>> sent = sender.submit(() -> {
            List<String> ids = new ArrayList<>();
            while (!enough.get()) {
                ids.add(atTwo.send(script("it.scripted", "sleep 50")));
            }
            return ids;
        });
        one.start();
        List<String> atBoth = IntStream.range(0, TASKS)
                .mapToObj(i -> (i % 2 == 0 ? atOne : atTwo).send(script("it.scripted", "ok")))
                .toList();
        enough.set(true);
        sender.shutdown();
        appAtTwo.haveRunOnce(sent.get(), 0);
        appAtTwo.haveRunOnce(atBoth, 0);
    }
}
