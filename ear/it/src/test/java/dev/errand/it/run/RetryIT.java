package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.QueueView;
import dev.errand.it.client.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Celery's rules, through the real EAR. */
class RetryIT extends AppIT {

    @Test
    void aRetryWithoutACountdownWaitsThreeMinutes() {
        String id = script("it.scripted", "retry");

        TaskView task = rest.awaitState(id, "RETRY");
        Duration wait = Duration.between(task.finishedAt(), task.dueAt());
        assertThat(wait).isBetween(Duration.ofSeconds(180), Duration.ofSeconds(190));
        assertThat(task.retries()).isEqualTo(1);
        assertThat(task.error().message()).isEqualTo("try again");
        assertThat(task.runs()).hasSize(1);
    }

    @Test
    void aRetryWithACountdownRunsAgainAndKeepsEachRun() {
        for (String name : List.of("it.scripted", "it.outside")) {
            String id = script(name, "retry PT0.2S", "retry PT1S", "ok");

            TaskView task = rest.awaitState(id, "SUCCESS");
            assertThat(task.retries()).isEqualTo(2);
            assertThat(task.error()).isNull();
            List<TaskView.Run> runs = task.runs();
            assertThat(runs).hasSize(3);
            assertThat(runs.get(0).state()).isEqualTo("RETRY");
            assertThat(runs.get(0).error().type()).isEqualTo("java.io.IOException");
            assertThat(runs.get(2).number()).isEqualTo(3);
            assertThat(runs.get(2).state()).isEqualTo("SUCCESS");
            assertThat(Duration.between(runs.get(1).finishedAt(), runs.get(2).startedAt()))
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

        TaskView task = rest.awaitState(three, "FAILURE");
        assertThat(task.retries()).isEqualTo(3);
        assertThat(task.runs()).as("four executions").hasSize(4);
        assertThat(task.error().type()).isEqualTo("java.io.IOException");
        assertThat(rest.awaitState(one, "FAILURE").runs()).hasSize(2);
        assertThat(rest.awaitState(senders, "FAILURE").runs()).hasSize(1);
    }

    @Test
    void aPolicyRetriesTheErrorsThatItNamesAndNoOthers() {
        String named = script("it.policy", "io");
        String excepted = script("it.policy", "missing");
        String other = script("it.policy", "fail");

        assertThat(rest.awaitState(named, "FAILURE").runs()).hasSize(3);
        assertThat(rest.awaitState(excepted, "FAILURE").runs()).hasSize(1);
        assertThat(rest.awaitState(other, "FAILURE").runs()).hasSize(1);
        rest.awaitState(script("it.policy", "io", "ok"), "SUCCESS");
    }

    @Test
    void eachRetryOfAPolicyHasAWaitOfItsOwnAndWhatIsNotRetriedFailsAtOnce() {
        String waits = script("it.policy", "io", "io", "ok");
        String closed = script("it.policy", "closed", "ok");

        List<TaskView.Run> runs = rest.awaitState(waits, "SUCCESS").runs();
        assertThat(Duration.between(runs.get(0).finishedAt(), runs.get(1).startedAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(90));
        assertThat(Duration.between(runs.get(1).finishedAt(), runs.get(2).startedAt()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        assertThat(rest.awaitState(closed, "FAILURE").runs()).hasSize(1);
    }

    @Test
    void aRetryMayChangeTheArgument() {
        String id = script("it.scripted", "change");

        TaskView task = rest.awaitState(id, "SUCCESS");
        assertThat(task.argument().path("steps").path(0).asString()).isEqualTo("never");
        assertThat(task.runs().get(0).error().type()).isEqualTo("dev.errand.api.TaskRetry");
    }

    @Test
    void aRetryMayMoveTheTaskToAnotherQueueAndPriority() {
        String id = script("it.scripted", "move", "ok");

        TaskView task = rest.awaitState(id, "SUCCESS");
        assertThat(task.queue()).isEqualTo("moved");
        assertThat(task.priority()).isEqualTo(7);
        assertThat(rest.queues()).extracting(QueueView::name).contains("moved");
    }

    @Test
    void aSnoozedTaskRunsAgainWithoutARetryBeingCounted() {
        for (String name : List.of("it.scripted", "it.outside")) {
            Instant until = Instant.now().plusSeconds(1);
            String id = script(name, Map.of("maxRetries", 0), "snooze " + until);

            TaskView task = rest.awaitState(id, "SUCCESS");
            assertThat(task.retries()).isZero();
            assertThat(task.error()).isNull();
            assertThat(task.runs()).hasSizeGreaterThan(1);
            assertThat(task.runs().get(0).state()).isEqualTo("PENDING");
            assertThat(task.startedAt()).isAfterOrEqualTo(until);
        }
    }

    @Test
    void aCancelledTaskIsRevokedWithItsReasonAndNotRetried() {
        for (String name : List.of("it.scripted", "it.outside", "it.policy")) {
            String id = script(name, "cancel");

            TaskView task = rest.awaitState(id, "REVOKED");
            assertThat(task.error().message()).isEqualTo("as the script says");
            assertThat(task.runs()).hasSize(1);
        }
        assertThat(ledger(script("it.scripted", "cancel"))).isEmpty();
    }

    @Test
    void aTaskInRetryCanBeRunNow() {
        String id = script("it.scripted", "retry", "ok");
        rest.awaitState(id, "RETRY");

        rest.post("/tasks/" + id + "/retry").expect(200);
        assertThat(rest.awaitState(id, "SUCCESS").retries()).isEqualTo(1);
    }

    @Test
    void aFailedTaskGetsOneMoreRun() {
        String id = script("it.scripted", "fail", "ok");
        rest.awaitState(id, "FAILURE");

        rest.post("/tasks/" + id + "/retry").expect(200);
        assertThat(rest.awaitState(id, "SUCCESS").runs()).hasSize(2);
        assertThat(rest.post("/tasks/" + id + "/retry").expect(409).text()).contains(id, "SUCCESS");
    }

    @Test
    void anEtaIsKept() {
        Instant eta = Instant.now().plusSeconds(2);
        String id = script("it.scripted", Map.of("eta", eta.toString()), "ok");

        assertThat(rest.task(id).state()).isEqualTo("PENDING");
        assertThat(rest.awaitState(id, "SUCCESS").startedAt()).isAfterOrEqualTo(eta);
    }
}
