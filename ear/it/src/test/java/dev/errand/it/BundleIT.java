package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Short tasks that share a commit: nobody can tell by what they do. */
class BundleIT extends AppIT {
    private static final int MANY = 300;

    private JsonNode tasks(String queue) {
        return rest.get("/tasks?limit=1000&queue=" + queue).expect(200).json().path("tasks");
    }

    private void awaitEnd(String queue) {
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> queue(queue).path("pending").asInt() == 0);
    }

    /** A node runs each task alone until it knows how long they take, and for a while after its start. */
    private void awaitSharing() {
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> {
            String queue = "q-" + UUID.randomUUID();
            sendAll("it.sharing", MANY, Instant.EPOCH, queue);
            awaitEnd(queue);
            return transactions(queue).distinct().count() < MANY;
        });
    }

    private IntStream transactions(String queue) {
        return StreamSupport.stream(tasks(queue).spliterator(), false)
                .mapToInt(task -> task.path("result").asInt());
    }

    @Test
    void manyShortTasksShareAFewTransactionsAndEachIsDoneOnce() {
        awaitSharing();
        sendAll("it.sharing", MANY, Instant.EPOCH, "sharing");
        awaitEnd("sharing");

        for (JsonNode task : tasks("sharing")) {
            assertThat(task.path("state").asString()).isEqualTo("SUCCESS");
            assertThat(time(task, "finishedAt")).isAfterOrEqualTo(time(task, "startedAt"));
        }
        assertThat(tasks("sharing")).hasSize(MANY);
        assertThat(transactions("sharing").distinct().count()).isLessThan(MANY);
        String some = tasks("sharing").get(0).path("id").asString();
        assertThat(rest.task(some).path("runs")).hasSize(1);
        assertThat(rest.task(some).path("log")).hasSize(1);
    }

    @Test
    void oneThatFailsTakesNoOtherWithIt() {
        awaitSharing();
        rest.post("/queues/mixed/pause").expect(200);
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean fails = i % 20 == 10;
            (fails ? bad : good).add(script("it.sharing", Map.of("queue", "mixed"), fails ? "fail" : "write"));
        }
        rest.post("/queues/mixed/resume").expect(200);
        awaitEnd("mixed");

        for (String id : good) {
            assertThat(rest.awaitState(id, "SUCCESS").path("runs")).hasSize(1);
            assertThat(ledger(id)).containsExactly(id + " done");
            assertThat(rest.task(id).path("log")).hasSize(1);
        }
        for (String id : bad) {
            JsonNode task = rest.awaitState(id, "FAILURE");
            assertThat(task.path("runs")).hasSize(1);
            assertThat(task.path("retries").asInt()).isZero();
            assertThat(task.path("error").path("message").asString()).isEqualTo("as the script says");
            assertThat(ledger(id)).isEmpty();
        }
    }
}
