package dev.errand.manage.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.AuditAction;
import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import dev.errand.api.QueueInfo;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskPage;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import dev.errand.json.JsonAnswer;
import dev.errand.manage.WaitingTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The very text of each answer: users' code is held against it. */
class TaskJsonTest {
    private static final Instant AT = WaitingTask.AT;
    private static final TaskInfo.TaskError ERROR = new TaskInfo.TaskError("java.io.IOException", "gone", "at …");

    private static final TaskInfo WAITING = WaitingTask.of(null, new TaskInfo.Audit(AT, null, AuditAction.SEND));

    private static final TaskInfo FAILED = new TaskInfo(
            "i",
            "a.b",
            "mail",
            TaskState.FAILURE,
            9,
            new TaskValue("{\"x\":1.10,\"y\":9007199254740993,\"z\":1e400}", false, text -> text),
            new TaskValue("[true]", false, text -> text),
            ERROR,
            1,
            -1,
            AT,
            AT,
            AT.plusSeconds(60),
            AT.plusMillis(5),
            AT.plusMillis(17),
            "node-a",
            "ann",
            "k",
            "Report",
            List.of("eu", "nightly"),
            "report",
            Duration.ofMinutes(5),
            null,
            null,
            new TaskInfo.Progress(1, 2, "half"),
            List.of(new TaskInfo.Run(1, "node-a", AT, null, TaskState.STARTED, null)),
            "1",
            List.of(new TaskInfo.LogLine(1, AT, "said")),
            "1-7",
            List.of(
                    new TaskInfo.Audit(AT, "ann", AuditAction.SEND),
                    new TaskInfo.Audit(AT.plusMillis(9), "bob", AuditAction.REVOKE)),
            new TaskInfo.BlockedBy("sms", "c-1", AT, null));

    @Test
    void aTaskWithNothing() {
        assertThat(JsonAnswer.compact(TaskDetailJson.of(WAITING))).isEqualTo("""
                {"id":"i","task":"a.b","queue":"default","state":"PENDING","priority":4,"argument":null,"argumentCut":false,"result":null,"resultCut":false,\
                "error":null,"retries":0,"maxRetries":3,"createdAt":"2026-01-01T00:00:00.000Z",\
                "dueAt":"2026-01-01T00:00:00.000Z","startedAt":null,"finishedAt":null,"node":null,"sentBy":null,\
                "progress":null,"expiresAt":null,"uniqueKey":null,"title":null,"tags":[],"schedule":null,"timeLimit":null,"workflow":null,"step":null,\
                "runs":[],"runsNext":null,"log":[],"logNext":null,\
                "audit":[{"at":"2026-01-01T00:00:00.000Z","by":null,"action":"SEND"}],"blockedBy":null}""");
    }

    @Test
    void aTaskWithEverything() {
        assertThat(JsonAnswer.compact(TaskDetailJson.of(FAILED))).isEqualTo("""
                {"id":"i","task":"a.b","queue":"mail","state":"FAILURE","priority":9,"argument":{"x":1.10,"y":9007199254740993,"z":1e400},\
                "argumentCut":false,"result":[true],"resultCut":false,\
                "error":{"type":"java.io.IOException","message":"gone","trace":"at …"},"retries":1,"maxRetries":-1,\
                "createdAt":"2026-01-01T00:00:00.000Z","dueAt":"2026-01-01T00:00:00.000Z",\
                "startedAt":"2026-01-01T00:00:00.005Z","finishedAt":"2026-01-01T00:00:00.017Z","node":"node-a",\
                "sentBy":"ann","progress":{"done":1,"total":2,"message":"half"},\
                "expiresAt":"2026-01-01T00:01:00.000Z","uniqueKey":"k","title":"Report","tags":["eu","nightly"],"schedule":"report",\
                "timeLimit":"PT5M","workflow":null,"step":null,\
                "runs":[{"number":1,"node":"node-a","startedAt":"2026-01-01T00:00:00.000Z","finishedAt":null,\
                "state":"STARTED","error":null}],"runsNext":"1",\
                "log":[{"run":1,"at":"2026-01-01T00:00:00.000Z","message":"said"}],"logNext":"1-7",\
                "audit":[{"at":"2026-01-01T00:00:00.000Z","by":"ann","action":"SEND"},\
                {"at":"2026-01-01T00:00:00.009Z","by":"bob","action":"REVOKE"}],\
                "blockedBy":{"limit":"sms","key":"c-1","since":"2026-01-01T00:00:00.000Z","startAt":null}}""");
    }

    @Test
    void aListOmitsLargeFields() {
        String json = JsonAnswer.compact(TaskPageJson.of(new TaskPage(List.of(FAILED), "c")));

        assertThat(json)
                .startsWith("{\"tasks\":[{\"id\":\"i\"")
                .doesNotContain("\"runs\"")
                .doesNotContain("\"log\"")
                .doesNotContain("\"audit\"")
                .endsWith("}],\"next\":\"c\"}");
        assertThat(JsonAnswer.compact(TaskPageJson.of(new TaskPage(List.of(), null))))
                .isEqualTo("{\"tasks\":[],\"next\":null}");
    }

    @Test
    void aLargeArgumentIsTheBeginningOfItsText() {
        TaskInfo task = WaitingTask.of(new TaskValue("[{\"a\":", true, text -> text));

        assertThat(JsonAnswer.compact(TaskPageJson.of(new TaskPage(List.of(task), null))))
                .contains("\"argument\":\"[{\\\"a\\\":\",\"argumentCut\":true,\"result\":null,\"resultCut\":false");
    }

    @Test
    void theTasksLoaded() {
        HandlerInfo.Policy policy = new HandlerInfo.Policy(
                List.of("java.io.IOException"),
                List.of(),
                3,
                Duration.ofMinutes(3),
                1.0,
                Duration.ofHours(1),
                false,
                List.of());
        HandlerHold hold = new HandlerHold(
                "a.b", true, "ann", AT, new HandlerHold.Blown("java.io.IOException", AT, AT.plusSeconds(1)));
        HandlerInfo handler = new HandlerInfo(
                "a.b", "x.B", "x.jar", "default", 4, Duration.ofSeconds(30), "java.lang.String", true, policy, hold);

        assertThat(JsonAnswer.compact(List.of(HandlerJson.of(handler)))).isEqualTo("""
                [{"task":"a.b","class":"x.B","module":"x.jar","queue":"default","priority":4,\
                "argumentType":"java.lang.String","retryPolicy":{"on":["java.io.IOException"],"except":[],\
                "maxRetries":3,"countdown":"PT3M","backoff":1.0,"maxCountdown":"PT1H","jitter":false,"countdowns":[]},\
                "timeLimit":"PT30S","transactional":true,"paused":true,"pausedBy":"ann",\
                "pausedAt":"2026-01-01T00:00:00.000Z","fuse":{"error":"java.io.IOException",\
                "at":"2026-01-01T00:00:00.000Z","probeAt":"2026-01-01T00:00:01.000Z"}}]""");
    }

    @Test
    void queues() {
        assertThat(JsonAnswer.compact(List.of(
                        new QueueInfo("default", 3, 2, 1, true, "ann", AT, 2, 1, 1_000L, Duration.ofMinutes(5)),
                        new QueueInfo("mail", 0, 0, 0, false, null, null))))
                .isEqualTo("""
                [{"name":"default","pending":3,"due":2,"running":1,"paused":true,"pausedBy":"ann",\
                "pausedAt":"2026-01-01T00:00:00.000Z","concurrency":2,"reserved":1,"maxPending":1000,"timeLimit":"PT5M"},\
                {"name":"mail","pending":0,"due":0,"running":0,"paused":false,"pausedBy":null,"pausedAt":null,\
                "concurrency":null,"reserved":null,"maxPending":null,"timeLimit":null}]""");
    }
}
