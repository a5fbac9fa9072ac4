package dev.errand.it.rest;

import static dev.errand.it.AppClient.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Schedules over REST, at work. */
class SchedulesIT extends AppIT {
    private static final List<String> FIELDS = List.of(
            "name",
            "task",
            "cron",
            "every",
            "zone",
            "argument",
            "queue",
            "priority",
            "misfire",
            "overlap",
            "from",
            "until",
            "jitter",
            "paused",
            "pausedBy",
            "pausedAt",
            "origin",
            "next",
            "last",
            "lastTask",
            "skipped",
            "skippedAt",
            "problem");

    private final String name = id();

    @AfterEach
    void remove() {
        delete(name);
    }

    private Rest.Answer delete(String schedule) {
        return rest.call(rest.request("/schedules/" + schedule).DELETE());
    }

    private Rest.Answer put(Map<String, ?> body) {
        return rest.put("/schedules/" + name, body);
    }

    private JsonNode schedule(String schedule) {
        return rest.get("/schedules/" + schedule).expect(200).json();
    }

    private Optional<String> lastTask() {
        JsonNode last = schedule(name).get("lastTask");
        return last.isNull() ? Optional.empty() : Optional.of(last.asString());
    }

    private Instant instant(String taskId) {
        return Instant.parse(taskId.substring((name + "@").length()));
    }

    @Test
    void aScheduleIsWrittenShownListedAndRemoved() {
        Map<String, Object> body = new HashMap<>();
        body.put("task", "example.echo");
        body.put("cron", "30 2 * * MON-FRI");
        body.put("zone", "Europe/Berlin");
        body.put("argument", Map.of("password", "secret"));
        body.put("priority", 7);
        body.put("queue", "q");
        body.put("misfire", "ALL");
        body.put("overlap", "queue");
        body.put("from", "2030-01-01T00:00:00Z");
        body.put("until", "2031-01-01T00:00:00+01:00");
        body.put("jitter", 30);

        Rest.Answer created = put(body).expect(201);

        assertThat(created.header("Location")).endsWith("/tasks/api/schedules/" + name);
        JsonNode shown = schedule(name);
        assertThat(shown).isEqualTo(created.json());
        assertThat(shown.propertyNames()).containsExactlyElementsOf(FIELDS);
        assertThat(shown.get("argument").toString()).isEqualTo("{\"password\":\"***\"}");
        assertThat(shown.get("overlap").asString()).isEqualTo("QUEUE");
        assertThat(shown.get("jitter").asString()).isEqualTo("PT30S");
        assertThat(shown.get("every").isNull()).isTrue();
        assertThat(shown.get("origin").asString()).isEqualTo("API");
        assertThat(shown.get("next").asString()).isEqualTo("2030-01-01T01:30:00.000Z");
        assertThat(shown.get("problem").isNull()).isTrue();
        assertThat(rest.get("/schedules").expect(200).json())
                .anySatisfy(listed -> assertThat(listed).isEqualTo(shown));

        assertThat(put(Map.of("name", name, "task", "example.echo", "every", "P1D"))
                        .expect(200)
                        .json()
                        .get("every")
                        .asString())
                .isEqualTo("PT24H");
        assertThat(delete(name).expect(204).text()).isEmpty();
        delete(name).expect(404);
        rest.get("/schedules/" + name).expect(404);
        rest.post("/schedules/" + name + "/pause").expect(404);
        rest.post("/schedules/" + name + "/run").expect(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "task|{\"cron\":\"@daily\"}",
                "cron|{\"task\":\"t\"}",
                "cron|{\"task\":\"t\",\"cron\":\"0 0 30 2 *\"}",
                "cron|{\"task\":\"t\",\"cron\":\"@daily\",\"every\":\"P1D\"}",
                "cron|{\"task\":\"t\",\"cron\":5}",
                "every|{\"task\":\"t\",\"every\":\"often\"}",
                "every|{\"task\":\"t\",\"every\":0}",
                "zone|{\"task\":\"t\",\"cron\":\"@daily\",\"zone\":\"Europe/Bonn\"}",
                "misfire|{\"task\":\"t\",\"cron\":\"@daily\",\"misfire\":\"TWICE\"}",
                "overlap|{\"task\":\"t\",\"cron\":\"@daily\",\"overlap\":1}",
                "priority|{\"task\":\"t\",\"cron\":\"@daily\",\"priority\":10}",
                "queue|{\"task\":\"t\",\"cron\":\"@daily\",\"queue\":\"a b\"}",
                "from|{\"task\":\"t\",\"cron\":\"@daily\",\"from\":\"2030-01-01\"}",
                "until|{\"task\":\"t\",\"cron\":\"@daily\",\"until\":\"2020-01-01T00:00:00Z\"}",
                "name|{\"task\":\"t\",\"cron\":\"@daily\",\"name\":\"other\"}",
                "zones|{\"task\":\"t\",\"cron\":\"@daily\",\"zones\":\"UTC\"}",
            })
    void aWrongValueIsRefusedWithItsField(String field, String body) {
        Rest.Answer answer = rest.call(rest.request("/schedules/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));

        assertThat(answer.expect(400).json().get("field").asString()).isEqualTo(field);
        rest.get("/schedules/" + name).expect(404);
    }

    @Test
    void theNextInstantsOfAnExpressionAreShown() {
        JsonNode instants = rest.get("/schedules/preview?cron=0%200%2029%202%20*&zone=Europe/Berlin&n=3")
                .expect(200)
                .json();
        List<String> texts = new ArrayList<>();
        instants.forEach(instant -> texts.add(instant.asString()));
        assertThat(texts).hasSize(3).allSatisfy(text -> assertThat(text).endsWith("-02-28T23:00:00Z"));

        assertThat(rest.get("/schedules/preview?cron=0%200%2030%202%20*")
                        .expect(400)
                        .json()
                        .get("field")
                        .asString())
                .isEqualTo("cron");
        rest.get("/schedules/preview").expect(400);
        rest.get("/schedules/preview?cron=@daily&n=0").expect(400);
        rest.get("/schedules/preview?cron=@daily&zone=nowhere").expect(400);
    }

    @Test
    void eachInstantGetsOneTask() {
        put(Map.of("task", "it.periodic", "cron", "* * * * * *", "overlap", "ALLOW"))
                .expect(201);
        await(() -> lastTask().isPresent());
        Instant first = instant(lastTask().orElseThrow());
        await(() -> !instant(lastTask().orElseThrow()).isBefore(first.plusSeconds(4)));

        for (int second = 0; second < 4; second++) {
            TaskView task = rest.awaitState(name + "@" + first.plusSeconds(second), "SUCCESS");
            assertThat(task.json().get("result").asString()).isEqualTo("nothing");
            assertThat(task.runs()).hasSize(1);
        }
        assertThat(Instant.parse(schedule(name).get("next").asString())).isAfter(first);

        rest.post("/schedules/" + name + "/pause").expect(200);
        String last = lastTask().orElseThrow();
        assertThat(schedule(name).get("next").isNull()).isTrue();
        String id = rest.post("/schedules/" + name + "/run").expect(200).task().id();
        assertThat(id).startsWith(name + "@").isNotEqualTo(last);
        rest.awaitState(id, "SUCCESS");
        assertThat(rest.post("/schedules/" + name + "/resume")
                        .expect(200)
                        .json()
                        .get("next")
                        .isNull())
                .isFalse();
        await(() -> instant(lastTask().orElseThrow()).isAfter(instant(id)));
    }

    @Test
    void aTaskThatIsNotFinishedHoldsUpTheNextInstants() {
        rest.post("/queues/" + name + "/pause").expect(200);
        put(Map.of("task", "it.periodic", "every", 1, "queue", name, "overlap", "ALLOW"))
                .expect(201);
        await(() -> schedule(name).get("skipped").intValue() >= 2);

        String waiting = lastTask().orElseThrow();
        assertThat(rest.tasks("queue=" + name).tasks()).extracting(TaskView::id).containsExactly(waiting);

        rest.post("/queues/" + name + "/resume").expect(200);
        await(() -> !lastTask().orElseThrow().equals(waiting));
        rest.awaitState(waiting, "SUCCESS");
    }

    @Test
    void aScheduleOfATaskThatNoNodeHasIsTakenAndIsAProblem() {
        assertThat(put(Map.of("task", "it.missing", "every", 1))
                        .expect(201)
                        .json()
                        .get("problem")
                        .asString())
                .contains("it.missing", "Deploy the handler");
        await(() -> lastTask().isPresent());
        String parked = lastTask().orElseThrow();
        assertThat(rest.task(parked).state()).isEqualTo("PARKED");
        await(() -> schedule(name).get("skipped").intValue() >= 1);
        assertThat(lastTask()).contains(parked);
        rest.post("/tasks/" + parked + "/revoke").expect(200);
    }

    @Test
    void theSchedulesOfTheCodeAreInTheTable() {
        JsonNode code = schedule("it.periodic");
        assertThat(code.get("origin").asString()).isEqualTo("CODE");
        assertThat(code.get("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(code.get("next").asString()).contains("-02-29T01:30:00");
        assertThat(schedule("it.periodic.rare").get("every").asString()).isEqualTo("PT8760H");

        assertThat(delete("it.periodic").expect(409).text()).contains("Pause it");
        rest.put("/schedules/it.periodic", Map.of("task", "example.echo", "every", 60))
                .expect(409);
    }

    /** The handler's transaction is rolled back for two names, and committed for one. */
    @Test
    void aScheduleIsWrittenInTheCallersTransaction() {
        String other = id();
        String failed = script("it.periodic", name, other);
        rest.awaitState(failed, "FAILURE");
        rest.get("/schedules/" + name).expect(404);

        String sent = script("it.periodic", name);
        String ran = rest.awaitState(sent, "SUCCESS").json().get("result").asString();
        assertThat(schedule(name).get("every").asString()).isEqualTo("PT24H");
        assertThat(rest.awaitState(ran, "SUCCESS").json().get("task").asString())
                .isEqualTo("example.echo");
    }
}
