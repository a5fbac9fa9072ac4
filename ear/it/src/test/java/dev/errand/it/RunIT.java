package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Handlers in every module run, each in its own way, and their outcome is kept. */
class RunIT extends AppIT {

    @Test
    void theListOfTasksLoadedHasEveryModules() {
        JsonNode handlers = rest.get("/handlers").expect(200).json();

        assertThat(handler(handlers, "example.echo").path("module").asString()).isEqualTo("errand-tasks.jar");
        assertThat(handler(handlers, "it.web").path("module").asString()).isEqualTo("it-app.war");
        assertThat(handler(handlers, "it.order").path("argumentType").asString())
                .isEqualTo("java.util.List<dev.errand.it.app.Order>");
        JsonNode outside = handler(handlers, "it.outside");
        assertThat(outside.path("queue").asString()).isEqualTo("outside");
        assertThat(outside.path("priority").asInt()).isEqualTo(5);
        assertThat(outside.path("module").asString()).isEqualTo("it-app.jar");
        assertThat(outside.path("class").asString()).isEqualTo("dev.errand.it.app.ScriptedOutside");
        JsonNode policy = handler(handlers, "it.policy").path("retryPolicy");
        assertThat(policy.path("on").get(0).asString()).isEqualTo("java.io.IOException");
        assertThat(policy.path("maxRetries").asInt()).isEqualTo(2);
    }

    private static JsonNode handler(JsonNode handlers, String task) {
        for (JsonNode handler : handlers) {
            if (handler.path("task").asString().equals(task)) {
                return handler;
            }
        }
        throw new AssertionError(task + " is not in " + handlers.toPrettyString());
    }

    @Test
    void aTransactionalHandlerRunsAndItsResultIsKept() {
        String id = script("it.scripted", "ok");

        JsonNode task = rest.awaitState(id, "SUCCESS");
        assertThat(task.path("result").asString()).isEqualTo("0 retries, default, sent by admin");
        assertThat(task.path("sentBy").asString()).isEqualTo("admin");
        assertThat(task.path("node").asString()).isNotBlank();
        assertThat(time(task, "startedAt")).isBetween(time(task, "createdAt"), time(task, "finishedAt"));
        assertThat(ledger(id)).containsExactly(id + " run 0");
    }

    @Test
    void aHandlerOutsideATransactionHasNone() {
        String id = rest.send(Map.of("task", "it.status"));

        assertThat(rest.awaitState(id, "SUCCESS").path("result").asInt()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void aHandlerInAWarRunsWithTheWarsClassLoader() {
        String id = rest.send(Map.of("task", "it.web", "argument", Map.of("title", "home")));

        assertThat(rest.awaitState(id, "SUCCESS").path("result").asString()).isEqualTo("home true");
    }

    @Test
    void everyKindOfValueComesThrough() {
        String order = """
                {"id":"o1","at":"2026-02-03T04:05:06.789Z","delivery":"2026-02-28","note":"grüße 😀","size":"LARGE",
                 "lines":[{"article":"nut","price":12345678901234567890.123456789}],"stock":{"nut":3}}""";
        String id = rest.post("/tasks", "{\"task\":\"it.order\",\"argument\":[" + order + "]}")
                .expect(201)
                .json()
                .path("id")
                .asString();

        rest.awaitState(id, "SUCCESS");
        assertThat(rest.get("/tasks/" + id).text())
                .contains("2026-02-03T04:05:06.789Z", "2026-02-28", "grüße 😀", "LARGE", "\"nut\":3")
                .contains("12345678901234567890.123456789");
    }

    @Test
    void jacksonsAnnotationsOnAnArgumentsTypeHold() {
        String id = rest.send(Map.of("task", "it.shape", "argument", Map.of("@type", "square", "side", 3)));

        JsonNode result = rest.awaitState(id, "SUCCESS").path("result");
        assertThat(result.path("radius").asInt()).isEqualTo(3);
    }

    @Test
    void anArgumentThatDoesNotFitSaysSo() {
        String id = rest.send(Map.of("task", "it.order", "argument", List.of(Map.of("at", "yesterday"))));

        JsonNode error = rest.awaitState(id, "FAILURE").path("error");
        assertThat(error.path("message").asString()).contains("it.order", id, "yesterday", "at");
    }

    @Test
    void aFailedTransactionalHandlerLeavesNothingInTheDatabase() {
        String id = script("it.scripted", "fail");

        JsonNode error = rest.awaitState(id, "FAILURE").path("error");
        assertThat(error.path("type").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.path("message").asString()).isEqualTo("as the script says");
        assertThat(error.path("trace").asString()).contains("Script.run").doesNotContain("org.jboss");
        assertThat(ledger(id)).isEmpty();
    }

    @Test
    void aFailedHandlerOutsideATransactionLeavesWhatItDid() {
        String id = script("it.outside", "fail");

        rest.awaitState(id, "FAILURE");
        assertThat(ledger(id)).containsExactly(id + " run 0");
    }

    @Test
    void followUpTasksAreSentWithTheSuccessOrNotAtAll() {
        String good = rest.send(Map.of("task", "it.chain", "argument", "ok", "id", id()));
        String bad = rest.send(Map.of("task", "it.chain", "argument", "fail", "id", id()));

        rest.awaitState(good, "SUCCESS");
        rest.awaitState(good + "-next", "SUCCESS");
        rest.awaitState(bad, "FAILURE");
        rest.get("/tasks/" + bad + "-next").expect(404);
    }

    @Test
    void aRunThatLastsShowsThatItRunsWithProgressAndLog() {
        for (String task : List.of("it.scripted", "it.outside")) {
            String id = script(task, "sleep 4000");
            Awaitility.await().atMost(Rest.PATIENCE).untilAsserted(() -> {
                JsonNode running = rest.task(id);
                assertThat(running.path("state").asString())
                        .as(running.toPrettyString())
                        .isEqualTo("STARTED");
                assertThat(running.path("progress").path("message").asString(""))
                        .isEqualTo("sleeping");
                assertThat(running.path("log").path(0).path("message").asString(""))
                        .isEqualTo("good night");
                assertThat(running.path("node").asString("")).isNotBlank();
            });
            assertThat(rest.get("/tasks?state=STARTED").text()).contains(id);
            JsonNode done = rest.awaitState(id, "SUCCESS");
            assertThat(done.path("progress").path("done").asInt()).isEqualTo(1);
            assertThat(done.path("log").size()).isEqualTo(1);
            assertThat(done.path("runs").size()).isEqualTo(1);
        }
    }
}
