package dev.errand.it.run;

import static dev.errand.it.AppClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workflows over REST, at work. */
interface WorkflowCases {
    Rest rest();

    List<String> notes(String idStart);

    private JsonNode start(Map<String, ?> body) {
        return rest().post("/workflows", body).expect(201).json();
    }

    private JsonNode workflow(String id) {
        return rest().get("/workflows/" + id).expect(200).json();
    }

    private JsonNode awaitState(String id, String state) {
        await(() -> workflow(id).get("state").asString().equals(state));
        return workflow(id);
    }

    private String task(JsonNode workflow, String step) {
        return workflow.get("steps").get(step).asString();
    }

    private Map<String, ?> step(String name, String task, Object argument, String... after) {
        return Map.of("name", name, "task", task, "argument", argument, "after", List.of(after));
    }

    @Test
    default void theResultsOfAChainAndOfAGroupFlowIntoTheNextArgument() {
        String id = AppIT.id();
        List<Integer> numbers = IntStream.range(0, 50).boxed().toList();
        JsonNode started = start(Map.of(
                "id",
                id,
                "name",
                "sum up",
                "steps",
                List.of(
                        step("first", "it.flow", "grow"),
                        Map.of("name", "second", "task", "it.flow", "fromResult", "first"),
                        Map.of("name", "each", "task", "it.flow", "arguments", numbers, "after", List.of("second")),
                        Map.of("name", "all", "task", "it.flow", "fromResult", List.of("each")),
                        Map.of("name", "both", "task", "it.flow", "fromResult", List.of("second", "all")))));
        assertThat(started.get("id").asString()).isEqualTo(id);
        assertThat(started.get("steps").size()).isEqualTo(54);

        JsonNode ended = awaitState(id, "SUCCESS");
        assertThat(ended.get("counts").get("SUCCESS").asInt()).isEqualTo(56);
        assertThat(rest().task(task(ended, "added.2")).result().asInt()).isEqualTo(20);
        JsonNode both = rest().get("/tasks/" + task(ended, "both")).expect(200).json();
        assertThat(both.get("argument").get("second").asString()).isEqualTo("grown");
        assertThat(both.get("argument").get("all").size()).isEqualTo(50);
        assertThat(both.get("workflow").asString()).isEqualTo(id);
        assertThat(both.get("step").asString()).isEqualTo("both");
        assertThat(notes(task(ended, "all"))).hasSize(1);
        assertThat(rest().get("/tasks?workflow=" + id + "&limit=100")
                        .expect(200)
                        .json()
                        .get("tasks")
                        .size())
                .isEqualTo(56);
    }

    @Test
    default void aFailedStepStopsThoseAfterItUntilItIsRetried() {
        JsonNode started = start(Map.of(
                "name",
                "stops",
                "steps",
                List.of(
                        step("bad", "it.scripted", Map.of("steps", List.of("fail", "ok"))),
                        step("after", "it.flow", 1, "bad"),
                        step("last", "it.flow", 2, "after")),
                "onFailure",
                Map.of("name", "alert", "task", "it.flow")));
        String id = started.get("id").asString();
        assertThat(rest().task(task(started, "last")).state()).isEqualTo("WAITING");

        JsonNode failed = awaitState(id, "FAILURE");
        assertThat(rest().task(task(failed, "last")).error().type()).isEqualTo("dev.errand.StepFailed");
        JsonNode alert =
                rest().get("/tasks/" + task(failed, "alert")).expect(200).json();
        assertThat(alert.get("argument").get("step").asString()).isEqualTo("bad");

        rest().post("/tasks/" + task(failed, "after") + "/retry").expect(409);
        rest().post("/workflows/" + id + "/retry").expect(200);
        JsonNode ended = awaitState(id, "SUCCESS");
        assertThat(ended.get("counts").get("SUCCESS").asInt()).isEqualTo(4);
        assertThat(notes(task(ended, "last"))).hasSize(1);
        rest().post("/workflows/" + id + "/retry").expect(409);
        rest().post("/workflows/" + id + "/revoke").expect(409);
    }

    @Test
    default void aRevokedWorkflowRunsNothingMore() {
        JsonNode started = start(Map.of(
                "name",
                "revoked",
                "steps",
                List.of(
                        step("long", "it.outside", Map.of("steps", List.of("sleep 60000"))),
                        step("after", "it.flow", 1, "long"))));
        String id = started.get("id").asString();
        await(() -> rest().task(task(started, "long")).state().equals("STARTED"));
        assertThat(workflow(id).get("state").asString()).isEqualTo("STARTED");
        rest().post("/workflows/" + id + "/revoke").expect(200);

        JsonNode ended = awaitState(id, "REVOKED");
        assertThat(ended.get("counts").get("REVOKED").asInt()).isEqualTo(2);
        await(() -> !workflow(id).get("finishedAt").isNull());
        assertThat(notes(task(started, "after"))).isEmpty();
        assertThat(rest().get("/workflows?limit=1000").expect(200).text()).contains(id);
    }

    @Test
    default void aWorkflowThatIsWrongIsRefusedWithItsField() {
        Rest.Answer unknown = rest().post(
                        "/workflows", Map.of("name", "w", "steps", List.of(step("a", "it.flow", 1, "nowhere"))))
                .expect(400);
        assertThat(unknown.json().get("field").asString()).isEqualTo("steps[0].after");
        Rest.Answer twice = rest().post(
                        "/workflows",
                        Map.of("name", "w", "steps", List.of(step("a", "it.flow", 1), step("a", "it.flow", 1))))
                .expect(400);
        assertThat(twice.json().get("field").asString()).isEqualTo("steps[1].name");
        rest().post("/workflows", Map.of("name", "w", "steps", List.of(), "step", 1))
                .expect(400);
        rest().get("/workflows/nowhere").expect(404);
    }

    @Test
    default void aCallThatWaitsAnswersAsSoonAsTheTaskHasFinished() {
        String id = AppIT.id();
        rest().send(Map.of("id", id, "task", "it.outside", "argument", Map.of("steps", List.of("sleep 2500"))));
        assertThat(rest().get("/tasks/" + id + "?wait=PT0.2S")
                        .expect(200)
                        .task()
                        .state())
                .isIn("PENDING", "STARTED");
        assertThat(rest().get("/tasks/" + id + "?wait=60").expect(200).task().state())
                .isEqualTo("SUCCESS");
        assertThat(rest().get("/tasks/" + id + "?wait=PT10S").expect(200).task().state())
                .isEqualTo("SUCCESS");
        assertThat(rest().get("/tasks/" + id + "?wait=PT61S")
                        .expect(400)
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("wait");
        rest().get("/tasks/" + id + "x?wait=1").expect(404);
    }

    @Test
    default void aWorkflowThatATaskHasStartedIsGoneWithItsRollback() {
        String id = AppIT.id();
        rest().send(Map.of("task", "it.flow", "id", id, "argument", "start"));
        rest().awaitState(id, "FAILURE");
        rest().get("/workflows/" + id + "-flow").expect(404);
        assertThat(notes(id + "-flow")).isEmpty();
    }
}
