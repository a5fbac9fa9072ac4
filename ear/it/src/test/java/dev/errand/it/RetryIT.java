package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Celery's rules, through the real EAR. */
class RetryIT extends AppIT {

    @Test
    void aRetryWithoutACountdownWaitsThreeMinutes() {
        String id = script("it.scripted", "retry");

        JsonNode task = rest.awaitState(id, "RETRY");
        Duration wait = Duration.between(time(task, "finishedAt"), time(task, "dueAt"));
        assertThat(wait).isBetween(Duration.ofSeconds(180), Duration.ofSeconds(190));
        assertThat(task.path("retries").asInt()).isEqualTo(1);
        assertThat(task.path("error").path("message").asString()).isEqualTo("try again");
        assertThat(task.path("runs").size()).isEqualTo(1);
    }

    @Test
    void aRetryWithACountdownRunsAgainAndKeepsEachRun() {
        for (String name : List.of("it.scripted", "it.outside")) {
            String id = script(name, "retry PT0.2S", "retry PT1S", "ok");

            JsonNode task = rest.awaitState(id, "SUCCESS");
            assertThat(task.path("retries").asInt()).isEqualTo(2);
            assertThat(task.path("error").isNull()).isTrue();
            JsonNode runs = task.path("runs");
            assertThat(runs.size()).isEqualTo(3);
            assertThat(runs.get(0).path("state").asString()).isEqualTo("RETRY");
            assertThat(runs.get(0).path("error").path("type").asString()).isEqualTo("java.io.IOException");
            assertThat(runs.get(2).path("number").asInt()).isEqualTo(3);
            assertThat(runs.get(2).path("state").asString()).isEqualTo("SUCCESS");
            assertThat(Duration.between(time(runs.get(1), "finishedAt"), time(runs.get(2), "startedAt")))
                    .as("never early")
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        }
    }

    @Test
    void onlyTheLastRunOfATransactionalTaskIsInTheDatabase() {
        String id = script("it.scripted", "retry PT0S", "retry PT0S", "ok");

        rest.awaitState(id, "SUCCESS");
        assertThat(ledger(id)).containsExactly(id + " run 2");
    }

    @Test
    void pastTheLastRetryTheCauseIsTheError() {
        String three = script("it.scripted", "retry PT0S");
        String one = script("it.scripted", "retry PT0S max 1");
        String senders = script("it.scripted", Map.of("maxRetries", 0), "retry PT0S");

        JsonNode task = rest.awaitState(three, "FAILURE");
        assertThat(task.path("retries").asInt()).isEqualTo(3);
        assertThat(task.path("runs").size()).as("four executions").isEqualTo(4);
        assertThat(task.path("error").path("type").asString()).isEqualTo("java.io.IOException");
        assertThat(rest.awaitState(one, "FAILURE").path("runs").size()).isEqualTo(2);
        assertThat(rest.awaitState(senders, "FAILURE").path("runs").size()).isEqualTo(1);
    }

    @Test
    void aPolicyRetriesWhatItNamesAndNothingElse() {
        String named = script("it.policy", "io");
        String excepted = script("it.policy", "missing");
        String other = script("it.policy", "fail");

        assertThat(rest.awaitState(named, "FAILURE").path("runs").size()).isEqualTo(3);
        assertThat(rest.awaitState(excepted, "FAILURE").path("runs").size()).isEqualTo(1);
        assertThat(rest.awaitState(other, "FAILURE").path("runs").size()).isEqualTo(1);
        rest.awaitState(script("it.policy", "io", "ok"), "SUCCESS");
    }

    @Test
    void aRetryMayChangeTheArgument() {
        String id = script("it.scripted", "change");

        JsonNode task = rest.awaitState(id, "SUCCESS");
        assertThat(task.path("argument").path("steps").path(0).asString()).isEqualTo("never");
        assertThat(task.path("runs").path(0).path("error").path("type").asString())
                .isEqualTo("dev.errand.api.TaskRetry");
    }

    @Test
    void aTaskInRetryCanBeRunNow() {
        String id = script("it.scripted", "retry", "ok");
        rest.awaitState(id, "RETRY");

        rest.post("/tasks/" + id + "/retry").expect(200);
        assertThat(rest.awaitState(id, "SUCCESS").path("retries").asInt()).isEqualTo(1);
    }

    @Test
    void aFailedTaskGetsOneMoreRun() {
        String id = script("it.scripted", "fail", "ok");
        rest.awaitState(id, "FAILURE");

        rest.post("/tasks/" + id + "/retry").expect(200);
        assertThat(rest.awaitState(id, "SUCCESS").path("runs").size()).isEqualTo(2);
        assertThat(rest.post("/tasks/" + id + "/retry").expect(409).text()).contains(id, "SUCCESS");
    }

    @Test
    void anEtaIsKept() {
        Instant eta = Instant.now().plusSeconds(2);
        String id = script("it.scripted", Map.of("eta", eta.toString()), "ok");

        assertThat(rest.task(id).path("state").asString()).isEqualTo("PENDING");
        assertThat(time(rest.awaitState(id, "SUCCESS"), "startedAt")).isAfterOrEqualTo(eta);
    }
}
