package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Short tasks that share a commit: their outcomes do not show it. */
class BundleIT extends AppIT {
    private static final int MANY = 300;

    private List<TaskView> tasks(String queue) {
        return rest.tasks("limit=1000&queue=" + queue).tasks();
    }

    private void awaitEnd(String queue) {
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> queue(queue).pending() == 0);
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
        return tasks(queue).stream().mapToInt(task -> task.result().asInt());
    }

    @Test
    void manyShortTasksShareAFewTransactionsAndEachIsDoneOnce() {
        awaitSharing();
        sendAll("it.sharing", MANY, Instant.EPOCH, "sharing");
        awaitEnd("sharing");

        for (TaskView task : tasks("sharing")) {
            assertThat(task.state()).isEqualTo("SUCCESS");
            assertThat(task.finishedAt()).isAfterOrEqualTo(task.startedAt());
        }
        assertThat(tasks("sharing")).hasSize(MANY);
        assertThat(transactions("sharing").distinct().count()).isLessThan(MANY);
        String some = tasks("sharing").get(0).id();
        assertThat(rest.task(some).runs()).hasSize(1);
        assertThat(rest.task(some).log()).hasSize(1);
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
            assertThat(rest.awaitState(id, "SUCCESS").runs()).hasSize(1);
            assertThat(ledger(id)).containsExactly(id + " done");
            assertThat(rest.task(id).log()).hasSize(1);
        }
        for (String id : bad) {
            TaskView task = rest.awaitState(id, "FAILURE");
            assertThat(task.runs()).hasSize(1);
            assertThat(task.retries()).isZero();
            assertThat(task.error().message()).isEqualTo("as the script says");
            assertThat(ledger(id)).isEmpty();
        }
    }
}
