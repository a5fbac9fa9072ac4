package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.HandlerView;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import jakarta.transaction.Status;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Handlers in every module run, each in its own way, and their outcome is kept. */
class RunIT extends AppIT implements WorkflowCases {

    @Override
    public Rest rest() {
        return rest;
    }

    @Override
    public List<String> notes(String idStart) {
        return ledger(idStart);
    }

    @Test
    void theListOfTasksLoadedHasEveryModules() {
        List<HandlerView> handlers = rest.handlers();

        assertThat(handler(handlers, "example.echo").module()).isEqualTo("errand-tasks.jar");
        assertThat(handler(handlers, "it.web").module()).isEqualTo("it-app.war");
        assertThat(handler(handlers, "it.order").argumentType()).isEqualTo("java.util.List<dev.errand.it.app.Order>");
        HandlerView outside = handler(handlers, "it.outside");
        assertThat(outside.queue()).isEqualTo("outside");
        assertThat(outside.priority()).isEqualTo(5);
        assertThat(outside.module()).isEqualTo("it-app.jar");
        assertThat(outside.handlerClass()).isEqualTo("dev.errand.it.app.ScriptedOutside");
        HandlerView.Policy policy = handler(handlers, "it.policy").retryPolicy();
        assertThat(policy.on().get(0)).isEqualTo("java.io.IOException");
        assertThat(policy.maxRetries()).isEqualTo(2);
        assertThat(policy.countdowns()).containsExactly("PT0.1S", "PT1S");
    }

    private static HandlerView handler(List<HandlerView> handlers, String task) {
        return handlers.stream()
                .filter(handler -> handler.task().equals(task))
                .findFirst()
                .orElseThrow(() -> new AssertionError(task + " is not in " + handlers));
    }

    @Test
    void aTransactionalHandlerRunsAndItsResultIsKept() {
        String id = script("it.scripted", "ok");

        TaskView task = rest.awaitState(id, "SUCCESS");
        assertThat(task.result().asString()).isEqualTo("0 retries, default, sent by admin");
        assertThat(task.sentBy()).isEqualTo("admin");
        assertThat(task.node()).isNotBlank();
        assertThat(task.startedAt()).isBetween(task.createdAt(), task.finishedAt());
        assertThat(ledger(id)).containsExactly(id + " run 0");
    }

    @Test
    void aHandlerOutsideATransactionHasNone() {
        String id = rest.send(Map.of("task", "it.status"));

        assertThat(rest.awaitState(id, "SUCCESS").result().asInt()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    @Test
    void aHandlerInAWarRunsWithTheWarsClassLoader() {
        String id = rest.send(Map.of("task", "it.web", "argument", Map.of("title", "home")));

        assertThat(rest.awaitState(id, "SUCCESS").result().asString()).isEqualTo("home true");
    }

    @Test
    void everyKindOfValueComesThrough() {
        String order = """
                {"id":"o1","at":"2026-02-03T04:05:06.789Z","delivery":"2026-02-28","note":"grüße 😀","size":"LARGE",
                 "lines":[{"article":"nut","price":12345678901234567890.123456789}],"stock":{"nut":3}}""";
        String id = rest.send("{\"task\":\"it.order\",\"argument\":[" + order + "]}");

        rest.awaitState(id, "SUCCESS");
        assertThat(rest.get("/tasks/" + id).text())
                .contains("2026-02-03T04:05:06.789Z", "2026-02-28", "grüße 😀", "LARGE", "\"nut\":3")
                .contains("12345678901234567890.123456789");
    }

    @Test
    void jacksonsAnnotationsOnAnArgumentsTypeHold() {
        String id = rest.send(Map.of("task", "it.shape", "argument", Map.of("@type", "square", "side", 3)));

        JsonNode result = rest.awaitState(id, "SUCCESS").result();
        assertThat(result.path("radius").asInt()).isEqualTo(3);
    }

    @Test
    void anArgumentThatDoesNotFitSaysSo() {
        String id = rest.send(Map.of("task", "it.order", "argument", List.of(Map.of("at", "yesterday"))));

        TaskView.TaskError error = rest.awaitState(id, "FAILURE").error();
        assertThat(error.message()).contains("it.order", id, "yesterday", "at");
    }

    @Test
    void aFailedTransactionalHandlerLeavesNothingInTheDatabase() {
        String id = script("it.scripted", "fail");

        TaskView.TaskError error = rest.awaitState(id, "FAILURE").error();
        assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("as the script says");
        assertThat(error.trace()).contains("Script.run").doesNotContain("org.jboss");
        assertThat(ledger(id)).isEmpty();
    }

    @Test
    void aFailedHandlerOutsideATransactionLeavesItsWrites() {
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
                TaskView running = rest.task(id);
                assertThat(running.state()).as(running.toString()).isEqualTo("STARTED");
                assertThat(running.progress())
                        .isNotNull()
                        .extracting(TaskView.Progress::message)
                        .isEqualTo("sleeping");
                assertThat(running.log())
                        .first()
                        .extracting(TaskView.LogLine::message)
                        .isEqualTo("good night");
                assertThat(running.node()).isNotBlank();
            });
            assertThat(rest.get("/tasks?state=STARTED").text()).contains(id);
            TaskView done = rest.awaitState(id, "SUCCESS");
            assertThat(done.progress().done()).isEqualTo(1);
            assertThat(done.log()).hasSize(1);
            assertThat(done.runs()).hasSize(1);
        }
    }
}
