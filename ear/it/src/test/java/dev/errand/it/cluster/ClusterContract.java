package dev.errand.it.cluster;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Nodes with one database: they share the work, and one that is killed or frozen costs no task and doubles none. Which nodes,
 * the classes say that extend this one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ClusterContract {
    private static final int TASKS = 200;

    /** So many that one node is busy with them for longer than the others take to look what waits. */
    private static final int LONG_TASKS_A_NODE = 40;

    private static final int MEMBERS = 300;
    private static final int CHAIN = 40;

    static PostgresProcess database;
    static List<ServerProcess> nodes;

    /** The one that is frozen and killed. */
    final ServerProcess first = nodes.get(0);

    final ServerProcess last = nodes.get(nodes.size() - 1);
    final Rest atFirst = first.rest();
    final Rest atLast = last.rest();
    private final AppClient app = new AppClient(first);
    final AppClient appAtLast = new AppClient(last);

    /** @param fresh nodes that are not set up for a database, and have nothing deployed */
    static void start(String name, int databasePort, List<ServerProcess> fresh) {
        nodes = fresh;
        database = new PostgresProcess(name, databasePort).start();
        for (ServerProcess node : nodes) {
            database.at(node)
                    .with("errand.node", node.name())
                    .with("errand.lease", "PT5S")
                    .deploy(AppIT.withApp(ErrandEar.built()));
        }
        // at once: one of them makes the tables
        nodes.forEach(ServerProcess::startWithoutWaiting);
        nodes.forEach(ServerProcess::awaitHealth);
    }

    @AfterAll
    static void stop() {
        nodes.forEach(ServerProcess::close);
        database.close();
    }

    private static Rest node(int number) {
        return nodes.get(number % nodes.size()).rest();
    }

    @Test
    @Order(1)
    void tasksThatFallDueAtTheSameMomentRunOnceEach() {
        String eta = Instant.now().plusSeconds(4).toString();
        Map<String, Object> task = script("it.scripted", "ok");
        task.put("eta", eta);
        List<String> ids =
                IntStream.range(0, TASKS).mapToObj(i -> node(i).send(task)).toList();
        appAtLast.haveRunOnce(ids, 0);
    }

    /** The last test of this class counts them, after nodes have been frozen and killed. */
    @Test
    @Order(1)
    void aScheduleBeginsToFireEachSecond() {
        atFirst.put(
                        "/schedules/each-second",
                        Map.of("task", "it.periodic", "every", 1, "overlap", "ALLOW", "misfire", "ALL"))
                .expect(201);
        await(() -> !atLast.get("/schedules/each-second").json().get("last").isNull());
    }

    @Test
    @Order(20)
    void eachSecondHasHadOneTask() {
        atLast.post("/schedules/each-second/pause").expect(200);
        List<Instant> fired = database
                .select("SELECT SUBSTRING(id FROM 13) FROM errand_task WHERE id LIKE 'each-second@%' ORDER BY id")
                .stream()
                .map(Instant::parse)
                .toList();
        assertThat(fired).hasSizeGreaterThan(10);
        for (int second = 0; second < fired.size(); second++) {
            assertThat(fired.get(second)).isEqualTo(fired.get(0).plusSeconds(second));
        }
        await(() -> database.select(
                        "SELECT 1 FROM errand_task WHERE id LIKE 'each-second@%' AND state <> 'SUCCESS'" + " LIMIT 1")
                .isEmpty());
    }

    @Test
    @Order(2)
    void theNodesShareTheTasksThatOneOfThemWasSent() {
        List<String> ids = IntStream.range(0, LONG_TASKS_A_NODE * nodes.size())
                .mapToObj(i -> atFirst.send(script("it.outside", "sleep 8000")))
                .toList();
        Set<String> ranAt = new TreeSet<>();
        for (String id : ids) {
            TaskView task = atFirst.awaitState(id, "SUCCESS");
            assertThat(task.runs()).hasSize(1);
            ranAt.add(task.node());
        }
        assertThat(ranAt)
                .containsExactlyElementsOf(
                        nodes.stream().map(ServerProcess::name).sorted().toList());
    }

    @Test
    @Order(2)
    void eachNodeRunsTheTasksOfTheQueuesThatItServes() {
        Map<String, Object> configured = new HashMap<>();
        configured.put("queues", null);
        atFirst.put("/nodes/" + first.name(), Map.of("queues", List.of("near"))).expect(200);
        atFirst.put("/nodes/" + last.name(), Map.of("queues", List.of("far"))).expect(200);
        try {
            await(() -> served(last.name()).equals(List.of("far"))
                    && served(first.name()).equals(List.of("near")));
            for (int i = 0; i < 10; i++) {
                String queue = i % 2 == 0 ? "near" : "far";
                Map<String, Object> task = script("it.outside", "ok");
                task.put("queue", queue);
                assertThat(atFirst.awaitState(atFirst.send(task), "SUCCESS").node())
                        .as(queue)
                        .isEqualTo(queue.equals("near") ? first.name() : last.name());
            }
        } finally {
            nodes.forEach(
                    node -> atFirst.put("/nodes/" + node.name(), configured).expect(200));
        }
        await(() -> !served(last.name()).equals(List.of("far")));
    }

    private List<String> served(String name) {
        List<String> queues = new ArrayList<>();
        atFirst.get("/nodes").expect(200).json().forEach(node -> {
            if (node.get("node").stringValue().equals(name)) {
                node.get("queues").forEach(queue -> queues.add(queue.stringValue()));
            }
        });
        return queues;
    }

    @Test
    @Order(3)
    void aFrozenNodeIsTakenForDeadAndItsLateOutcomeChangesNothing() throws Exception {
        String id = atFirst.send(script("it.outside", "sleep 8000"));
        appAtLast.awaitStarted(id);
        assertThat(nodeOf(id)).isEqualTo(first.name());

        first.signal("STOP");
        try {
            await(() -> !first.name().equals(nodeOf(id)));
        } finally {
            first.signal("CONT");
        }
        await(() -> first.log().lines().anyMatch(line -> line.contains("ERRAND-0305") && line.contains(id)));
        TaskView task = atLast.awaitState(id, "SUCCESS");
        assertThat(task.retries()).as("a crash costs no retry").isZero();
        assertThat(task.node()).isNotEqualTo(first.name());
        assertThat(task.runs()).hasSize(2);
        TaskView.Run run = task.runs().get(1);
        assertThat(run.node()).isEqualTo(task.node());
        assertThat(Duration.between(run.startedAt(), run.finishedAt()))
                .as("not cut short by the other's outcome")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(8));
    }

    private String nodeOf(String id) {
        return atLast.task(id).node();
    }

    @Test
    @Order(4)
    void theOthersTakeOverTheTasksOfAKilledNode() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(3);
        Future<List<String>> once = senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "ok")));
        Future<List<String>> twice =
                senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "retry PT0.5S", "ok")));
        Future<List<String>> slow = senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "sleep 100")));
        String running = atFirst.send(script("it.outside", "sleep 8000"));
        appAtLast.awaitStarted(running);
        first.kill();
        senders.shutdown();

        assertThat(once.get()).isNotEmpty();
        appAtLast.haveRunOnce(once.get(), 0);
        appAtLast.haveRunOnce(slow.get(), 0);
        appAtLast.haveRunOnce(twice.get(), 1);
        TaskView taken = atLast.awaitState(running, "SUCCESS");
        assertThat(taken.node()).isNotEqualTo(first.name());
        assertThat(taken.retries()).isZero();
    }

    @Test
    @Order(5)
    void aNodeJoinsUnderLoad() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        Future<List<String>> sent = sender.submit(() -> {
            List<String> ids = new ArrayList<>();
            while (!enough.get()) {
                ids.add(atLast.send(script("it.scripted", "sleep 50")));
            }
            return ids;
        });
        first.start();
        List<String> atBoth = IntStream.range(0, TASKS)
                .mapToObj(i -> node(i).send(script("it.scripted", "ok")))
                .toList();
        enough.set(true);
        sender.shutdown();
        appAtLast.haveRunOnce(sent.get(), 0);
        appAtLast.haveRunOnce(atBoth, 0);
    }

    /** The node dies while members run, and again while the steps after the join do. */
    @Test
    @Order(6)
    void aWorkflowLosesNoStepWithANodeAndTheJoinRunsOnce() throws Exception {
        List<Map<String, Object>> steps = new ArrayList<>();
        steps.add(Map.of(
                "name",
                "each",
                "task",
                "it.scripted",
                "arguments",
                IntStream.range(0, MEMBERS)
                        .mapToObj(i -> Map.of("steps", List.of("sleep 40")))
                        .toList()));
        steps.add(Map.of("name", "step-0", "task", "it.flow", "fromResult", "each"));
        for (int i = 1; i <= CHAIN; i++) {
            steps.add(Map.of(
                    "name",
                    "step-" + i,
                    "task",
                    "it.scripted",
                    "argument",
                    Map.of("steps", List.of("sleep 40")),
                    "after",
                    "step-" + (i - 1)));
        }
        String id = atFirst.post("/workflows", Map.of("name", "under kills", "steps", steps))
                .expect(201)
                .json()
                .get("id")
                .asString();
        await(() -> succeeded(id) > MEMBERS / 4);
        first.kill();
        await(() -> succeeded(id) > MEMBERS / 2);
        first.start();
        await(() -> succeeded(id) > MEMBERS + 5);
        first.kill();
        try {
            await(() -> workflow(id).get("state").asString().equals("SUCCESS"));
        } finally {
            first.start();
        }
        JsonNode ended = workflow(id);
        assertThat(succeeded(id)).isEqualTo(MEMBERS + 1 + CHAIN);
        String join = ended.get("steps").get("step-0").asString();
        assertThat(appAtLast.ledger(join)).containsExactly(join + " run 0");
        assertThat(atLast.task(join).argument().size()).isEqualTo(MEMBERS);
        for (JsonNode step : ended.get("graph")) {
            String task = step.get("id").asString();
            assertThat(appAtLast.ledger(task)).as(task).containsExactly(task + " run 0");
        }
    }

    private JsonNode workflow(String id) {
        return atLast.get("/workflows/" + id).expect(200).json();
    }

    private int succeeded(String id) {
        JsonNode count = workflow(id).get("counts").get("SUCCESS");
        return count == null ? 0 : count.asInt();
    }

    /** As in an upgrade of one node after the other: the first has the older version. */
    @Test
    @Order(9)
    @Tag("chaos")
    void aHandlerThatOneNodeLacksRunsAtTheOthers() throws Exception {
        first.stop();
        first.deploy(ErrandEar.built()).start();
        List<String> ids = IntStream.range(0, TASKS / 2)
                .mapToObj(i -> node(i).send(script("it.scripted", "ok")))
                .toList();
        appAtLast.haveRunOnce(ids, 0);
        for (String id : ids) {
            assertThat(nodeOf(id)).isNotEqualTo(first.name());
        }
        first.stop();
        first.deploy(AppIT.withApp(ErrandEar.built())).start();
    }
}
