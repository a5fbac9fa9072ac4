package dev.errand.it.fault;

import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.Chance;
import dev.errand.it.OutsideLedger;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** A server of its own that is stopped, killed and started again, on its embedded database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class RestartContract {
    static ServerProcess server;
    private static OutsideLedger outside;

    private final Rest rest = server.rest();
    private final AppClient app = new AppClient(server);

    /** @param fresh with nothing deployed */
    static void start(ServerProcess fresh) {
        outside = new OutsideLedger();
        server = fresh.with("errand.lease", "PT5S");
    }

    /** Returns the application as it is for this server. */
    abstract ErrandEar ear();

    @AfterAll
    static void stop() {
        server.close();
        outside.close();
    }

    @Test
    @Order(1)
    void aParkedTaskRunsAsSoonAsItsHandlerIsDeployed() {
        server.deploy(ear()).start();
        String parked = rest.send(script("it.scripted", "ok"));
        Map<String, Object> later = script("it.scripted", "ok");
        later.put("countdown", 3600);
        String parkedForLater = rest.send(later);
        assertThat(rest.task(parked).state()).isEqualTo("PARKED");
        AppClient.await(() -> rest.get("/health").text().contains("ERRAND-0308"));
        assertThat(server.log().lines().filter(line -> line.contains("ERRAND-0308")))
                .singleElement()
                .asString()
                .contains("it.scripted");

        server.stop();
        server.deploy(AppIT.withApp(ear())).start();

        rest.awaitState(parked, "SUCCESS");
        rest.awaitState(parkedForLater, "PENDING");
    }

    @Test
    @Order(2)
    void waitingTasksSurviveAStop() {
        Map<String, Object> soon = script("it.scripted", "ok");
        soon.put("countdown", 8);
        String waiting = rest.send(soon);
        String retried = rest.send(script("it.scripted", "retry PT8S", "ok"));
        rest.awaitState(retried, "RETRY");
        rest.post("/schedules/it.periodic/pause").expect(200);
        rest.put("/nodes/" + node().get("node").asString(), Map.of("concurrency", 5))
                .expect(200);

        server.stop();
        server.start();

        assertThat(node().get("concurrency").intValue()).as("kept").isEqualTo(5);
        JsonNode schedule =
                rest.post("/schedules/it.periodic/pause").expect(200).json();
        assertThat(schedule.get("paused").booleanValue()).as("kept").isTrue();
        assertThat(schedule.get("pausedBy").asString()).isEqualTo("admin");
        rest.put("/nodes/" + node().get("node").asString(), Map.of("concurrency", ServerProcess.SESSIONS))
                .expect(200);

        rest.awaitState(waiting, "SUCCESS");
        assertThat(rest.awaitState(retried, "SUCCESS").runs()).hasSize(2);
    }

    /** Returns the only node. */
    private JsonNode node() {
        JsonNode nodes = rest.get("/nodes").expect(200).json();
        assertThat(nodes.size()).isEqualTo(1);
        return nodes.get(0);
    }

    @Test
    @Order(3)
    void killedUnderLoadItLosesNothingAndDoublesNothing() throws Exception {
        Chance chance = new Chance();
        List<String> exactlyOnce = new ArrayList<>();
        List<String> retried = new ArrayList<>();
        List<String> called = new ArrayList<>();
        List<String> atLeastOnce = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            ExecutorService senders = Executors.newFixedThreadPool(3);
            Future<List<String>> once = senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "ok")));
            Future<List<String>> twice =
                    senders.submit(() -> app.sendUntilItIsAway(script("it.scripted", "retry PT0.5S", "ok")));
            Future<List<String>> outward =
                    senders.submit(() -> app.sendUntilItIsAway(script("it.outside", outside.call())));
            int enough = 20 + chance.nextInt(200);
            Awaitility.await()
                    .atMost(Rest.PATIENCE)
                    .until(() -> rest.get("/tasks?state=SUCCESS&limit=1000")
                                    .page()
                                    .tasks()
                                    .size()
                            >= Math.min(enough, 200));
            // last, so that it still sleeps when the server is killed, however slow the machine
            atLeastOnce.add(rest.send(script("it.outside", "sleep 8000")));
            app.awaitStarted(atLeastOnce.get(round));
            server.kill();
            exactlyOnce.addAll(once.get());
            retried.addAll(twice.get());
            called.addAll(outward.get());
            senders.shutdown();
            server.start();
        }
        String context = chance.toString();
        app.haveRunOnce(exactlyOnce, 0, context);
        app.haveRunOnce(retried, 1, context);
        for (String id : called) {
            List<TaskView.Run> runs = rest.awaitState(id, "SUCCESS").runs();
            assertThat(outside.calls(id)).as("%s, %s", id, context).isBetween(1, runs.size());
        }
        int lost = 0;
        for (String id : atLeastOnce) {
            TaskView task = rest.awaitState(id, "SUCCESS");
            assertThat(task.retries()).as("a crash costs no retry").isZero();
            List<TaskView.Run> runs = task.runs();
            lost += runs.size() - 1;
            for (int i = 0; i < runs.size() - 1; i++) {
                assertThat(runs.get(i).error().message()).contains("went away");
            }
        }
        assertThat(lost).as(context).isPositive();
        assertThat(exactlyOnce).as(context).isNotEmpty();
    }

    @Test
    @Order(4)
    void oldTasksArePrunedOrRevokedByState() {
        String parked = rest.send(script("no.such", "ok"));
        String success = rest.send(script("it.scripted", "ok"));
        String failure = rest.send(script("it.scripted", "fail"));
        rest.awaitState(success, "SUCCESS");
        rest.awaitState(failure, "FAILURE");

        server.stop();
        server.with("errand.keep.success", "PT0S")
                .with("errand.keep.parked", "PT0S")
                .start();

        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> rest.get("/tasks/" + success).status() == 404);
        rest.awaitState(failure, "FAILURE");
        assertThat(rest.awaitState(parked, "REVOKED").audit())
                .last()
                .satisfies(audit -> assertThat(audit.action()).isEqualTo("EXPIRE"));
    }
}
