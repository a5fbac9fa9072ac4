package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time limits, expiry and revocation: a run ends when it has to, and the outcome says why. */
class LimitIT extends AppIT {

    @Test
    void aRunPastItsTimeLimitIsInterrupted() {
        for (String task : List.of("it.limited", "it.limited-outside")) {
            TaskView.TaskError error =
                    rest.awaitState(script(task, "sleep 60000"), "FAILURE").error();
            assertThat(error.type()).isEqualTo("dev.errand.api.TimeLimitExceededException");
            assertThat(error.message()).contains(task, "PT1S");
            assertThat(error.trace()).contains("InterruptedException");
        }
        rest.awaitState(script("it.limited", "ok"), "SUCCESS");
    }

    @Test
    void aHandlerThatSwallowsTheInterruptHasFailedAllTheSame() {
        String id = script("it.limited", "spin 1500");

        assertThat(rest.awaitState(id, "FAILURE").error().type())
                .isEqualTo("dev.errand.api.TimeLimitExceededException");
        assertThat(ledger(id)).isEmpty();
    }

    /** That is half a minute past its limit. */
    @Test
    @Tag("chaos")
    void aRunThatTheServerRollsBackAtItsTimeOutHasFailedAndHarmsNoOther() {
        String id = script("it.limited", "spin 34000");

        assertThat(rest.awaitState(id, "FAILURE").error().type())
                .isEqualTo("dev.errand.api.TimeLimitExceededException");
        assertThat(ledger(id)).isEmpty();
        // as many as threads that may have run it, and more
        for (int i = 0; i < 40; i++) {
            String next = script("it.scripted", "ok");
            rest.awaitState(next, "SUCCESS");
            assertThat(ledger(next)).hasSize(1);
        }
    }

    @Test
    void theSendersTimeLimitTakesPrecedence() {
        for (String task : List.of("it.scripted", "it.outside")) {
            String id = script(task, Map.of("timeLimit", 0.5), "sleep 60000");
            TaskView failed = rest.awaitState(id, "FAILURE");
            assertThat(failed.error().type()).isEqualTo("dev.errand.api.TimeLimitExceededException");
            assertThat(failed.error().message()).contains("PT0.5S");
            assertThat(failed.json().path("timeLimit").asString()).isEqualTo("PT0.5S");
        }
        String longer = script("it.limited", Map.of("timeLimit", "PT1M"), "sleep 1500");
        rest.awaitState(longer, "SUCCESS");
        assertThat(ledger(longer)).hasSize(1);
    }

    @Test
    void interruptsDoNotHurtTheDatabase() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(script("it.limited", "sleep 60000"));
        }
        ids.forEach(id -> rest.awaitState(id, "FAILURE"));
        rest.awaitState(script("it.scripted", "ok"), "SUCCESS");
    }

    @Test
    void anExpiredTaskDoesNotRun() {
        rest.awaitState(script("it.scripted", Map.of("queue", "expiring"), "ok"), "SUCCESS");
        rest.post("/queues/expiring/pause").expect(200);
        String expires = Instant.now().plusMillis(1_000).toString();
        String id = script("it.scripted", Map.of("expires", expires, "queue", "expiring"), "ok");
        Awaitility.await().until(() -> rest.task(id).expiresAt().isBefore(Instant.now()));
        rest.post("/queues/expiring/resume").expect(200);

        rest.awaitState(id, "REVOKED");
        assertThat(ledger(id)).isEmpty();
    }

    @Test
    void aWaitingTaskExpiresInTimeInEachStateAndSaysSo() {
        rest.post("/queues/expiring-held/pause").expect(200);
        String expires = Instant.now().plusMillis(1_500).toString();
        Map<String, Map<String, Object>> waiting = Map.of(
                "its eta", Map.of("task", "example.echo", "countdown", "PT1H"),
                "its queue", Map.of("task", "example.echo", "queue", "expiring-held"),
                "its handler", Map.of("task", "no.such.task"));
        Map<String, String> ids = new HashMap<>();
        waiting.forEach((what, fields) -> {
            Map<String, Object> task = new HashMap<>(fields);
            task.put("expires", expires);
            task.put("uniqueKey", "expiring-for-" + what.replace(' ', '-'));
            ids.put(what, rest.send(task));
        });

        ids.forEach((what, id) -> {
            TaskView task = rest.awaitState(id, "REVOKED");
            TaskView.Audit last = task.audit().get(task.audit().size() - 1);
            assertThat(last.action()).as(what).isEqualTo("EXPIRE");
            assertThat(last.json().get("by").isNull()).as(what).isTrue();
            String next = rest.send(Map.of(
                    "task",
                    "example.echo",
                    "countdown",
                    "PT1H",
                    "uniqueKey",
                    "expiring-for-" + what.replace(' ', '-')));
            rest.post("/tasks/" + next + "/revoke").expect(200);
        });
        rest.post("/queues/expiring-held/resume").expect(200);
    }

    @Test
    void aWaitingTaskThatIsRevokedDoesNotRun() {
        String id = script("it.scripted", Map.of("countdown", 3600), "ok");

        TaskView revoked = rest.post("/tasks/" + id + "/revoke").expect(200).task();
        assertThat(revoked.state()).isEqualTo("REVOKED");
        rest.post("/tasks/" + id + "/revoke").expect(200);
        rest.post("/tasks/" + id + "/retry").expect(200);
        rest.awaitState(id, "SUCCESS");
        assertThat(rest.post("/tasks/" + id + "/revoke").expect(409).text()).contains(id, "SUCCESS");
    }

    @Test
    void aRunningTaskThatIsRevokedStops() {
        for (String task : List.of("it.scripted", "it.outside")) {
            String id = script(task, "sleep 60000");
            Awaitility.await()
                    .atMost(Rest.PATIENCE)
                    .until(() -> rest.task(id).state().equals("STARTED"));

            rest.post("/tasks/" + id + "/revoke").expect(200);
            rest.awaitState(id, "REVOKED");
        }
    }
}
