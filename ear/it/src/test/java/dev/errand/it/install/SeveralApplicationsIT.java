package dev.errand.it.install;

import static dev.errand.it.AppClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.app.CrmTask;
import dev.errand.it.app.Ledger;
import dev.errand.it.app.ShopTask;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Rest.Answer;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two EARs and a WAR with the engine on one server and one database: each task runs in its own application, wherever it was
 * sent. WildFly has a JMS queue for each; on other servers all but one run on threads.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralApplicationsIT {
    private static final String NODE = "one";

    /** As many as go out as messages at once. */
    private static final int TASKS = 20;

    /** For each application, while the server is killed. */
    private static final int LOAD = 300;

    private static final long AFTER_A_REFUSAL = TimeUnit.MILLISECONDS.toNanos(20);

    /** The context root and the task of each application. */
    private static final Map<String, String> TASK_OF =
            Map.of("/tasks", "example.echo", "/second", "shop.order", "/third", "crm.call");

    private static final List<String> ROOTS = List.of("/tasks", "/second", "/third");

    private static PostgresProcess database;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        database = new PostgresProcess("several-database", 15_439).start();
        server = database.at(ServerProcess.fresh("several", 24_000));
        server.with("errand.node", NODE)
                .with("errand.lease", "PT5S")
                .deploy(ErrandEar.built())
                .start();
        assertThat(server.deployNow(another("second.ear")
                        .as("second", "/second")
                        .withEjbs("shop.jar", ShopTask.class, Ledger.class)
                        .archive()))
                .isEmpty();
        WebArchive third = another("third.ear").asWar("third.war").addClasses(CrmTask.class, Ledger.class);
        assertThat(server.deployNow(third)).isEmpty();
    }

    private static ErrandEar another(String fileName) {
        ErrandEar ear = ErrandEar.built(fileName).withoutBuiltInTasks();
        return System.getProperty("errand.it.server").equals("wildfly") ? ear : ear.withoutJms();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static Rest at(String contextRoot) {
        return server.rest().at(contextRoot);
    }

    @Test
    @Order(1)
    void eachRunsItsOwnTasksWhereverTheyAreSent() {
        for (String root : ROOTS) {
            for (String sender : ROOTS) {
                assertThat(runAt(sender, TASK_OF.get(root)))
                        .as("%s sent at %s", TASK_OF.get(root), sender)
                        .containsOnly(nodeOf(root));
            }
        }
        assertThat(database.select("SELECT node FROM errand_node ORDER BY node"))
                .containsExactly(NODE, NODE + ":second", NODE + ":third");
    }

    private static String nodeOf(String root) {
        return root.equals("/tasks") ? NODE : NODE + ":" + root.substring(1);
    }

    /** The nodes that ran the tasks which were sent here. */
    private static List<String> runAt(String contextRoot, String task) {
        List<String> ids = IntStream.range(0, TASKS)
                .mapToObj(i -> at(contextRoot).send(Map.of("task", task, "argument", contextRoot)))
                .toList();
        return ids.stream()
                .map(id -> at(contextRoot).awaitState(id, "SUCCESS").node())
                .toList();
    }

    /** Threads send the tasks of each application at another one, while the server is killed. */
    @Test
    @Order(2)
    @Tag("harm")
    void aKilledServerLosesDoublesAndParksNoTaskAndRunsNoneInAnotherApplication() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger sent = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(ROOTS.size());
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < ROOTS.size(); i++) {
            String task = TASK_OF.get(ROOTS.get(i));
            String sender = ROOTS.get((i + 1) % ROOTS.size());
            senders.add(threads.submit(() -> send(task, sender, acknowledged, sent)));
        }
        threads.shutdown();
        for (int kill = 1; kill <= 2; kill++) {
            int enough = kill * LOAD;
            await(() -> acknowledged.size() > enough);
            server.kill();
            server.start();
            for (String root : ROOTS) {
                await(() -> at(root).get("/health").status() == 200);
            }
        }
        for (Future<?> sender : senders) {
            sender.get(5, TimeUnit.MINUTES);
        }

        String mine = " FROM errand_task t WHERE id LIKE 'killed-%'";
        await(() -> database.select("SELECT id" + mine + " AND state IN ('PENDING', 'STARTED', 'RETRY')")
                .isEmpty());
        assertThat(database.select("SELECT id" + mine)).containsAll(acknowledged);
        assertThat(database.select(
                        "SELECT concat_ws(' ', id, task, state, error_message)" + mine + " AND state <> 'SUCCESS'"))
                .isEmpty();
        assertThat(database.select("SELECT DISTINCT concat_ws(' ', task, node)" + mine))
                .containsExactlyInAnyOrder(ROOTS.stream()
                        .map(root -> TASK_OF.get(root) + " " + nodeOf(root))
                        .toArray(String[]::new));
        assertThat(database.select("SELECT DISTINCT concat_ws(' ', t.task, r.node) FROM errand_run r"
                        + " JOIN errand_task t ON t.id = r.task_id WHERE t.id LIKE 'killed-%'"))
                .as("earlier runs")
                .isSubsetOf(ROOTS.stream()
                        .map(root -> TASK_OF.get(root) + " " + nodeOf(root))
                        .toList());
        // the handlers of the second and the third application have written in the transaction of their task
        assertThat(database.select("SELECT DISTINCT concat_ws(' ', t.task, l.note) FROM it_ledger l"
                        + " JOIN errand_task t ON t.id = l.task WHERE t.id LIKE 'killed-%'"))
                .containsExactlyInAnyOrder("shop.order second", "crm.call third");
        assertThat(database.select("SELECT id" + mine + " AND task <> 'example.echo'"
                        + " AND (SELECT COUNT(*) FROM it_ledger l WHERE l.task = t.id) <> 1"))
                .isEmpty();
        assertThat(server.log()).doesNotContain("ERRAND-0307", "ERRAND-0160");
    }

    private static void send(String task, String sender, Queue<String> acknowledged, AtomicInteger number) {
        for (int accepted = 0; accepted < LOAD; ) {
            String id = "killed-" + number.incrementAndGet();
            try {
                Answer answer = at(sender).post("/tasks", Map.of("id", id, "task", task, "argument", "x"));
                if (answer.status() == 201) {
                    acknowledged.add(id);
                    accepted++;
                    continue;
                }
            } catch (AssertionError e) {
                // no answer: it may have been sent
            }
            LockSupport.parkNanos(AFTER_A_REFUSAL);
        }
    }
}
