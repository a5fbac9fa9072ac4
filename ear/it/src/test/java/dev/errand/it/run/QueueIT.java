package dev.errand.it.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.HandlerView;
import dev.errand.it.client.PageView;
import dev.errand.it.client.QueueView;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Queues: priorities hold across the backlog, a paused queue starts nothing, and thousands may be due at once. */
class QueueIT extends AppIT {

    @Test
    void aPausedQueueStartsNothingUntilItIsResumed() {
        Instant begin = rest.task(rest.send(Map.of("task", "example.echo"))).createdAt();
        rest.post("/queues/paused/pause").expect(200);

        String id = script("it.scripted", Map.of("queue", "paused"), "ok");
        rest.awaitState(script("it.scripted", "ok"), "SUCCESS");
        assertThat(rest.task(id).state()).isEqualTo("PENDING");
        QueueView queue = queue("paused");
        assertThat(queue.paused()).isTrue();
        assertThat(queue.pending()).isEqualTo(1);
        assertThat(queue.due()).isEqualTo(1);
        assertThat(queue.pausedBy()).isEqualTo("admin");
        assertThat(queue.pausedAt()).isAfterOrEqualTo(begin);

        rest.post("/queues/paused/resume").expect(200);
        rest.awaitState(id, "SUCCESS");
        assertThat(queue("paused").pending()).isZero();
        assertThat(queue("paused").pausedBy()).isNull();
        assertThat(queue("paused").pausedAt()).isNull();
    }

    @Test
    void onceAPauseIsAnsweredNoTaskOfTheQueueStarts() {
        for (int round = 1; round <= 3; round++) {
            String queue = "braked-" + round;
            sendAll("it.sharing", 1_500, Instant.EPOCH, queue);
            sendAll("it.scripted", 300, Instant.EPOCH, queue);
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> queue(queue).pending() < 1_790);
            rest.post("/queues/" + queue + "/pause").expect(200);
            Instant answered = Instant.now();
            // a task that is sent now finishes after all that began before
            sendAll("it.sharing", 20, Instant.EPOCH, queue + "-next");
            Awaitility.await()
                    .atMost(Rest.PATIENCE)
                    .until(() -> queue(queue + "-next").pending() == 0
                            && queue(queue).running() == 0);
            assertThat(startedAfter(answered, queue)).as(queue).isZero();

            rest.post("/queues/" + queue + "/resume").expect(200);
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> queue(queue).pending() == 0);
        }
    }

    /** Many run at the same time, some of them in one transaction, so single tasks may swap; as a whole they do not. */
    @Test
    void theHighestPriorityRunsFirstHoweverLongTheBacklog() {
        int backlog = 300;
        rest.awaitState(script("it.scripted", Map.of("queue", "ranked"), "ok"), "SUCCESS");
        rest.post("/queues/ranked/pause").expect(200);
        String start = id();
        for (int i = 0; i < backlog; i++) {
            String id = start + "-" + i % 10 + "-" + i;
            script("it.scripted", Map.of("queue", "ranked", "priority", i % 10, "id", id), "ok");
        }
        rest.post("/queues/ranked/resume").expect(200);
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> ledger(start).size() == backlog);

        List<Integer> ran = ledger(start).stream()
                .map(line -> line.charAt(start.length() + 1) - '0')
                .toList();
        // in perfect order they are half of the backlog apart; in none, or in order within a window alone, near to
        // nothing
        assertThat(meanPlace(ran, 0, 4) - meanPlace(ran, 5, 9))
                .as(ran.toString())
                .isGreaterThan(backlog / 4.0);
    }

    private static double meanPlace(List<Integer> ran, int lowest, int highest) {
        return IntStream.range(0, ran.size())
                .filter(place -> lowest <= ran.get(place) && ran.get(place) <= highest)
                .average()
                .orElseThrow();
    }

    @Test
    void tenThousandDueInTheSameSecondAllRun() {
        script("it.scripted", Map.of("queue", "crowd"), "ok");
        rest.post("/queues/crowd/pause").expect(200);
        Instant eta = Instant.now().plusSeconds(4);
        sendAll("it.scripted", 10_000, eta, "crowd");
        assertThat(queue("crowd").pending()).isGreaterThanOrEqualTo(10_000);
        rest.post("/queues/crowd/resume").expect(200);

        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> queue("crowd").pending() == 0);
        List<Instant> ends = new ArrayList<>();
        for (TaskView task : rest.tasks("queue=crowd&limit=1000").tasks()) {
            assertThat(task.state()).isEqualTo("SUCCESS");
            assertThat(task.startedAt()).as("never early").isAfterOrEqualTo(eta);
            ends.add(task.finishedAt());
        }
        assertThat(ends).hasSize(1_000).doesNotContainNull();
    }

    @Test
    void aQueueWithALongBacklogDoesNotHoldUpAnotherOfTheSamePriority() {
        Instant eta = Instant.now().plusSeconds(3);
        String brief = script("it.scripted", Map.of("queue", "brief", "eta", eta.plusMillis(1)), "ok");
        sendAll("it.scripted", 3_000, eta, "long");

        Instant started = rest.awaitState(brief, "SUCCESS").startedAt();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> queue("long").pending() == 0);
        assertThat(startedBefore(started, "long"))
                .as("of 3000 that were due before it")
                .isLessThan(2_500);
    }

    private int startedBefore(Instant end, String queue) {
        return started(queue, at -> at.isBefore(end));
    }

    private int startedAfter(Instant begin, String queue) {
        return started(queue, at -> at.isAfter(begin));
    }

    private int started(String queue, Predicate<Instant> when) {
        int started = 0;
        String cursor = "";
        while (cursor != null) {
            PageView page = rest.tasks("queue=" + queue + "&limit=1000" + cursor);
            for (TaskView task : page.tasks()) {
                boolean counts = task.startedAt() != null && when.test(task.startedAt());
                started += counts ? 1 : 0;
            }
            cursor = page.next() == null ? null : "&cursor=" + page.next();
        }
        return started;
    }

    @Test
    void noMoreTasksRunAtOnceThanTheNodeAllows() {
        String node = rest.awaitState(script("it.scripted", "ok"), "SUCCESS").node();
        assertThat(rest.put("/nodes/" + node, Map.of("concurrency", 1))
                        .expect(200)
                        .json()
                        .get("concurrency")
                        .intValue())
                .isEqualTo(1);
        try {
            List<TaskView> tasks =
                    IntStream.range(0, 4).mapToObj(i -> script("it.scripted", "sleep 300")).toList().stream()
                            .map(id -> rest.awaitState(id, "SUCCESS"))
                            .sorted(Comparator.comparing(TaskView::startedAt))
                            .toList();
            for (int i = 1; i < tasks.size(); i++) {
                assertThat(tasks.get(i).startedAt())
                        .isAfterOrEqualTo(tasks.get(i - 1).finishedAt());
            }
            assertThat(rest.put("/nodes/" + node, Map.of("concurrency", 0))
                            .expect(400)
                            .text())
                    .contains("concurrency");
            rest.put("/nodes/another", Map.of("concurrency", 1)).expect(404);
            rest.as("viewer").put("/nodes/" + node, Map.of("concurrency", 1)).expect(403);
        } finally {
            rest.put("/nodes/" + node, Map.of("concurrency", ServerProcess.SESSIONS))
                    .expect(200);
        }
    }

    private void assertNoneAtOnce(List<String> ids) {
        List<TaskView> tasks = ids.stream()
                .map(id -> rest.awaitState(id, "SUCCESS"))
                .sorted(Comparator.comparing(TaskView::startedAt))
                .toList();
        for (int i = 1; i < tasks.size(); i++) {
            assertThat(tasks.get(i).startedAt())
                    .isAfterOrEqualTo(tasks.get(i - 1).finishedAt());
        }
    }

    @Test
    void aQueueRunsNoMoreTasksAtOnceThanItsConcurrency() {
        rest.put("/queues/narrow", Map.of("concurrency", 1, "timeLimit", "PT30S"))
                .expect(200);
        assertThat(queue("narrow").json().get("concurrency").intValue()).isEqualTo(1);
        assertThat(queue("narrow").json().get("timeLimit").stringValue()).isEqualTo("PT30S");

        assertNoneAtOnce(IntStream.range(0, 4)
                .mapToObj(
                        i -> script(i % 2 == 0 ? "it.scripted" : "it.outside", Map.of("queue", "narrow"), "sleep 300"))
                .toList());

        Map<String, Object> none = new HashMap<>();
        none.put("concurrency", null);
        rest.put("/queues/narrow", none).expect(200);
        assertThat(queue("narrow").json().get("concurrency").isNull()).isTrue();
        assertThat(queue("narrow").json().get("timeLimit").stringValue())
                .as("left out")
                .isEqualTo("PT30S");
        Rest.Answer wrong = rest.put("/queues/narrow", Map.of("reserved", 0)).expect(400);
        assertThat(wrong.json().get("field").stringValue()).isEqualTo("reserved");
        assertThat(wrong.text()).contains("1 to 1000");
        rest.put("/queues/narrow", Map.of("weight", 1)).expect(400);
        rest.as("viewer").put("/queues/narrow", Map.of("concurrency", 1)).expect(403);
    }

    @Test
    void theTimeLimitOfAQueueIsThatOfItsTasks() {
        rest.put("/queues/brisk", Map.of("timeLimit", "PT0.5S")).expect(200);
        for (String task : List.of("it.scripted", "it.outside")) {
            String id = script(task, Map.of("queue", "brisk", "maxRetries", 0), "sleep 60000");
            assertThat(rest.awaitState(id, "FAILURE").json().toString()).contains("TimeLimitExceededException");
        }
    }

    @Test
    void aFullQueueRefusesASend() {
        rest.put("/queues/small", Map.of("maxPending", 3)).expect(200);
        rest.post("/queues/small/pause").expect(200);
        for (int i = 0; i < 3; i++) {
            script("it.scripted", Map.of("queue", "small"), "ok");
        }
        Rest.Answer refused = rest.post(
                        "/tasks",
                        Map.of("task", "it.scripted", "queue", "small", "argument", Map.of("steps", List.of())))
                .expect(429);
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.text()).contains("small", "maxPending");
        assertThat(problems()).contains("QUEUE_PAUSED small");

        rest.post("/queues/small/resume").expect(200);
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> queue("small").pending() == 0);
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> rest.post(
                                        "/tasks",
                                        Map.of(
                                                "task",
                                                "it.scripted",
                                                "queue",
                                                "small",
                                                "argument",
                                                Map.of("steps", List.of("ok"))))
                                .status()
                        == 201);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        rest.get("/problems").expect(200).json().forEach(problem -> {
            assertThat(problem.get("remedy").stringValue()).isNotBlank();
            problems.add(problem.get("kind").stringValue() + " "
                    + problem.get("name").stringValue());
        });
        return problems;
    }

    @Test
    void theTasksOfAPausedNameWaitAndTheOthersOfTheQueueRun() {
        rest.awaitState(script("it.limited", Map.of("queue", "mixed"), "ok"), "SUCCESS");
        rest.post("/handlers/it.limited/pause").expect(200);
        try {
            String waits = script("it.limited", Map.of("queue", "mixed"), "ok");
            rest.awaitState(script("it.scripted", Map.of("queue", "mixed"), "ok"), "SUCCESS");
            assertThat(rest.task(waits).state()).isEqualTo("PENDING");
            assertThat(problems()).contains("HANDLER_PAUSED it.limited");
            assertThat(rest.handlers())
                    .filteredOn(handler -> handler.json().get("paused").booleanValue())
                    .extracting(HandlerView::task)
                    .containsExactly("it.limited");

            rest.post("/handlers/it.limited/resume").expect(200);
            rest.awaitState(waits, "SUCCESS");
            assertThat(problems()).doesNotContain("HANDLER_PAUSED it.limited");
            rest.post("/handlers/none.such/pause").expect(404);
            rest.as("viewer").post("/handlers/it.limited/pause").expect(403);
        } finally {
            rest.post("/handlers/it.limited/resume").expect(200);
        }
    }

    @Test
    void aFuseBlowsAndClosesByItself() {
        for (int i = 0; i < 3; i++) {
            rest.awaitState(script("it.fused", Map.of("maxRetries", 0), "fail"), "FAILURE");
        }
        assertThat(problems()).contains("FUSE_BLOWN it.fused");

        List<String> waiting =
                IntStream.range(0, 3).mapToObj(i -> script("it.fused", "ok")).toList();
        waiting.forEach(id -> rest.awaitState(id, "SUCCESS"));

        Awaitility.await().atMost(Rest.PATIENCE).until(() -> !problems().contains("FUSE_BLOWN it.fused"));
    }

    @Test
    void aTaskOfAQueueThatNoNodeServesWaits() {
        String node = rest.awaitState(script("it.scripted", "ok"), "SUCCESS").node();
        rest.put("/nodes/" + node, Map.of("queues", List.of("served"))).expect(200);
        String waits;
        try {
            waits = script("it.scripted", Map.of("queue", "unserved"), "ok");
            rest.awaitState(script("it.scripted", Map.of("queue", "served"), "ok"), "SUCCESS");
            rest.awaitState(script("it.scripted", Map.of("queue", "node:" + node), "ok"), "SUCCESS");
            assertThat(rest.task(waits).state()).isEqualTo("PENDING");
            Awaitility.await().atMost(Rest.PATIENCE).until(() -> problems().contains("QUEUE_NOT_SERVED unserved"));
            assertThat(rest.put("/nodes/" + node, Map.of("queues", List.of()))
                            .expect(400)
                            .text())
                    .contains("queues");
        } finally {
            Map<String, Object> configured = new HashMap<>();
            configured.put("queues", null);
            rest.put("/nodes/" + node, configured).expect(200);
        }
        rest.awaitState(waits, "SUCCESS");
    }
}
