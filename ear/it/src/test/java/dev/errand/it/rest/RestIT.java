package dev.errand.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.PageView;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The REST contract, with the requests that must be refused. */
class RestIT extends AppIT {
    private static final List<String> FIELDS = List.of(
            "id",
            "task",
            "queue",
            "state",
            "priority",
            "argument",
            "argumentCut",
            "result",
            "resultCut",
            "error",
            "retries",
            "maxRetries",
            "createdAt",
            "dueAt",
            "startedAt",
            "finishedAt",
            "node",
            "sentBy",
            "progress",
            "expiresAt",
            "uniqueKey",
            "title",
            "tags",
            "schedule",
            "timeLimit",
            "runs",
            "runsNext",
            "log",
            "logNext",
            "audit");

    private static void problem(Rest.Answer answer, int status, String... says) {
        answer.expect(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        for (String text : says) {
            assertThat(answer.text()).contains(text);
        }
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void aTaskIsCreatedWithAllItsFields() {
        String id = id();
        Rest.Answer answer = rest.post(
                        "/tasks",
                        Map.of(
                                "task",
                                "example.echo",
                                "argument",
                                "x",
                                "id",
                                id,
                                "countdown",
                                3600,
                                "priority",
                                7,
                                "queue",
                                "q",
                                "maxRetries",
                                5,
                                "uniqueKey",
                                id))
                .expect(201);

        assertThat(answer.header("Location")).endsWith("/tasks/api/tasks/" + id);
        TaskView task = rest.get(answer.header("Location")).expect(200).task();
        assertThat(task.json()).isEqualTo(rest.task(id).json());
        assertThat(task.json().propertyNames()).containsAll(FIELDS);
        assertThat(task.priority()).isEqualTo(7);
        assertThat(task.maxRetries()).isEqualTo(5);
        assertThat(Duration.between(task.createdAt(), task.dueAt())).isEqualTo(Duration.ofHours(1));
        rest.post("/tasks/" + id + "/revoke").expect(200);
    }

    /** Other tests read a field that is missing as null. */
    @Test
    void aFieldWithoutAValueIsNullAndNotMissing() {
        TaskView task = rest.awaitState(script("it.scripted", "retry PT0S", "sleep 1"), "SUCCESS");

        assertThat(task.json().propertyNames()).containsAll(FIELDS);
        assertThat(task.json().get("error").isNull()).isTrue();
        assertThat(task.runs())
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.json().propertyNames())
                        .contains("number", "node", "startedAt", "finishedAt", "state", "error"));
        assertThat(task.log())
                .hasSize(1)
                .allSatisfy(line -> assertThat(line.json().propertyNames()).contains("run", "at", "message"));
        assertThat(task.audit())
                .hasSize(1)
                .allSatisfy(entry -> assertThat(entry.json().propertyNames()).contains("at", "by", "action"));
        assertThat(queue("default").json().propertyNames())
                .contains("name", "pending", "due", "running", "paused", "pausedBy", "pausedAt");
        PageView last = rest.tasks("queue=no-such-queue");
        assertThat(last.json().get("tasks")).isEmpty();
        assertThat(last.json().get("next").isNull()).isTrue();
    }

    @Test
    void anImpossibleRequestIsRefusedByName() {
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"contdown\":1}"), 400, "contdown");
        problem(rest.post("/tasks", "{\"argument\":1}"), 400, "task");
        problem(rest.post("/tasks", "{\"task\":\"a b\"}"), 400, "a b");
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"id\":\"a b\"}"), 400, "a b");
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"priority\":10}"), 400, "priority");
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"countdown\":\"soon\"}"), 400, "countdown");
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"expires\":\"2001-01-01T00:00:00Z\"}"), 400, "2001");
        problem(rest.post("/tasks", "{\"task\":"), 400);
        problem(rest.post("/tasks", "task=example.echo", "application/x-www-form-urlencoded"), 415);
        problem(rest.post("/tasks", "{\"task\":\"example.echo\"}", "application/json; q="), 400);
        problem(rest.post("/tasks", "{\"task\":\"example.echo\",\"argument\":1e2147483648}"), 400, "exponent");
        problem(rest.post("/tasks", Map.of("task", "example.echo", "argument", "x".repeat(1 << 20))), 413, "1048576");
        problem(rest.get("/tasks?state=DONE"), 400, "state", "SUCCESS");
        problem(rest.get("/tasks?limit=0"), 400, "limit");
        problem(rest.get("/tasks?cursor=zzz"), 400, "cursor");
        problem(rest.get("/tasks/" + id()), 404);
        problem(rest.post("/tasks/" + id() + "/revoke"), 404);
        problem(rest.get("/nothing"), 404);
        problem(rest.post("/queues/nosuch/resume"), 404, "nosuch", "There are: ", "default");
        problem(rest.post("/queues/defualt/resume"), 404, "There are: default");
        problem(rest.post("/queues/no%20such/pause"), 400, "no such");
    }

    @Test
    void aUsedIdIsAConflict() {
        String id = rest.send(Map.of("task", "example.echo", "id", id()));

        problem(rest.post("/tasks", Map.of("task", "example.echo", "id", id)), 409, id);
    }

    @Test
    void anIdempotencyKeySendsATaskOnce() {
        String key = id();
        Map<String, Object> body = Map.of("task", "example.echo", "argument", "once", "countdown", "PT1H");
        Rest.Answer first = rest.call(withKey(key, body));
        assertThat(first.expect(201).task().id()).isEqualTo(key);
        assertThat(rest.call(withKey(key, body)).expect(200).task().id()).isEqualTo(key);
        problem(rest.call(withKey(key, Map.of("task", "it.scripted"))), 409, key);
        problem(rest.call(withKey(key, Map.of("task", "example.echo", "id", "other"))), 400, "Idempotency-Key");
        problem(rest.call(withKey("two words", body)), 400, "Idempotency-Key");
    }

    private HttpRequest.Builder withKey(String key, Map<String, Object> body) {
        return rest.request("/tasks")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body)));
    }

    @Test
    void aDuplicateIsKeptOrReplacedAndADebounceMovesIt() {
        String key = id();
        Map<String, Object> first = Map.of(
                "task",
                "example.echo",
                "argument",
                "one",
                "uniqueKey",
                key,
                "countdown",
                "PT1H",
                "title",
                "May " + key,
                "tags",
                List.of("eu", key));
        String id = rest.send(first);
        TaskView kept = rest.post("/tasks", with(first, "onDuplicate", "KEEP", "argument", "two"))
                .expect(200)
                .task();
        assertThat(kept.id()).isEqualTo(id);
        assertThat(kept.argument().asString()).isEqualTo("one");
        problem(rest.post("/tasks", first), 409, id, key);

        TaskView replaced = rest.post(
                        "/tasks", with(first, "onDuplicate", "REPLACE", "argument", "three", "countdown", "PT2H"))
                .expect(200)
                .task();
        assertThat(replaced.id()).isEqualTo(id);
        assertThat(replaced.argument().asString()).isEqualTo("three");
        assertThat(Duration.between(replaced.createdAt(), replaced.dueAt()))
                .isGreaterThanOrEqualTo(Duration.ofHours(2));
        assertThat(replaced.audit()).extracting(TaskView.Audit::action).containsExactly("SEND", "CHANGE");
        assertThat(replaced.json().path("title").asString()).isEqualTo("May " + key);
        for (String query : List.of("tag=eu&tag=" + key, "title=" + key, "id=" + id)) {
            assertThat(rest.tasks(query).tasks())
                    .as(query)
                    .extracting(TaskView::id)
                    .containsExactly(id);
        }
        // clients often send a content type with an empty body
        rest.post("/tasks/" + id + "/revoke", "").expect(200);

        Map<String, Object> settled = Map.of(
                "task",
                "example.echo",
                "argument",
                "a",
                "uniqueKey",
                key,
                "debounce",
                Map.of("quiet", 0.3, "max", "PT1S"));
        String debounced = rest.send(settled);
        rest.post("/tasks", with(settled, "argument", "b")).expect(200);
        assertThat(rest.awaitState(debounced, "SUCCESS").argument().asString()).isEqualTo("b");

        Map<String, Object> daily =
                Map.of("task", "example.echo", "argument", "c", "uniqueKey", key, "uniqueFor", "P1D");
        String once = rest.send(daily);
        rest.awaitState(once, "SUCCESS");
        problem(rest.post("/tasks", daily), 409, once, "is finished");
        rest.delete("/tasks/" + once).expect(204);
        rest.get("/tasks/" + once).expect(404);
        rest.awaitState(rest.send(daily), "SUCCESS");
    }

    private static Map<String, Object> with(Map<String, Object> task, Object... more) {
        Map<String, Object> all = new HashMap<>(task);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    @Test
    void aBatchIsSentAsAWhole() {
        String tag = id();
        Map<String, Object> echo = Map.of("task", "example.echo", "argument", "x", "tags", List.of(tag));
        Map<String, Object> keyed = with(echo, "uniqueKey", tag, "onDuplicate", "KEEP", "queue", "batch");
        JsonNode ids = rest.post("/tasks/batch", Map.of("tasks", List.of(echo, keyed, echo, keyed)))
                .expect(201)
                .json()
                .path("ids");
        assertThat(ids).hasSize(4);
        assertThat(ids.get(3)).isEqualTo(ids.get(1));
        ids.forEach(id -> rest.awaitState(id.asString(), "SUCCESS"));
        assertThat(rest.tasks("tag=" + tag).tasks()).hasSize(3);

        Map<String, Object> none = Map.of("task", "example.echo", "tags", List.of(tag + "-none"));
        Rest.Answer answer = rest.post("/tasks/batch", Map.of("tasks", List.of(none, with(none, "priority", 10))));
        problem(answer, 400, "tasks[1].priority");
        assertThat(answer.json().path("index").asInt()).isEqualTo(1);
        Map<String, Object> taken = with(none, "id", ids.get(0).asString());
        problem(rest.post("/tasks/batch", Map.of("tasks", List.of(none, none, taken))), 409, "tasks[2]", "\"index\":2");
        problem(rest.post("/tasks/batch", Map.of("tasks", List.of(none, "x"))), 400, "tasks[1]");
        problem(rest.post("/tasks/batch", Map.of("tasks", Collections.nCopies(10_001, none))), 400, "10000");
        problem(rest.post("/tasks/batch", Map.of("tusks", List.of())), 400, "tusks");
        problem(rest.post("/tasks/other", Map.of("tasks", List.of())), 405);
        assertThat(rest.tasks("tag=" + tag + "-none").tasks()).isEmpty();
        assertThat(rest.post("/tasks/batch", Map.of("tasks", List.of()))
                        .expect(201)
                        .json()
                        .path("ids"))
                .isEmpty();
    }

    @Test
    void aWaitingTaskIsChangedAndAFinishedOneIsSentAgainOrDeleted() {
        String id = id();
        rest.send(Map.of(
                "task",
                "example.echo",
                "argument",
                "old",
                "id",
                id,
                "countdown",
                "PT1H",
                "title",
                "Again",
                "maxRetries",
                7));
        TaskView changed = rest.patch("/tasks/" + id, Map.of("queue", "bulk", "priority", 9))
                .expect(200)
                .task();
        assertThat(changed.queue()).isEqualTo("bulk");
        assertThat(changed.priority()).isEqualTo(9);
        assertThat(changed.argument().asString()).isEqualTo("old");
        assertThat(Duration.between(changed.createdAt(), changed.dueAt())).isEqualTo(Duration.ofHours(1));
        assertThat(changed.audit()).last().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("CHANGE");
            assertThat(entry.by()).isEqualTo("admin");
        });
        problem(rest.delete("/tasks/" + id), 409, "PENDING");
        problem(rest.patch("/tasks/" + id, Map.of("queue", "a b")), 400, "queue");
        problem(rest.patch("/tasks/" + id, Map.of()), 400, "empty");
        problem(rest.patch("/tasks/" + id, Map.of("title", "x")), 400, "title");
        problem(rest.as("viewer").patch("/tasks/" + id, Map.of("priority", 1)), 403);

        rest.patch("/tasks/" + id, Map.of("argument", "new", "countdown", 0)).expect(200);
        assertThat(rest.awaitState(id, "SUCCESS").argument().asString()).isEqualTo("new");
        problem(rest.patch("/tasks/" + id, Map.of("priority", 1)), 409, "SUCCESS");

        Rest.Answer again = rest.post("/tasks/" + id + "/again").expect(201);
        TaskView same = again.task();
        assertThat(same.id()).isNotEqualTo(id);
        assertThat(again.header("Location")).endsWith("/tasks/" + same.id());
        assertThat(same.queue()).isEqualTo("bulk");
        assertThat(same.maxRetries()).isEqualTo(7);
        assertThat(same.json().path("title").asString()).isEqualTo("Again");
        assertThat(rest.awaitState(same.id(), "SUCCESS").argument().asString()).isEqualTo("new");

        rest.as("viewer").delete("/tasks/" + id).expect(403);
        rest.delete("/tasks/" + id).expect(204);
        for (Rest.Answer gone : List.of(
                rest.delete("/tasks/" + id),
                rest.patch("/tasks/" + id, Map.of("priority", 1)),
                rest.post("/tasks/" + id + "/again"))) {
            problem(gone, 404, id);
        }
    }

    @Test
    void aTaskMayExpireAfterADuration() {
        TaskView task = rest.task(rest.send(Map.of("task", "example.echo", "countdown", "PT1H", "expires", "PT30M")));

        assertThat(Duration.between(task.createdAt(), task.expiresAt())).isEqualTo(Duration.ofMinutes(30));
        problem(rest.post("/tasks", Map.of("task", "example.echo", "expires", "PT0S")), 400, "expires");
    }

    @Test
    void anIdMayHaveAnyVisibleCharacter() {
        String id = id() + "/a%b?c#d&e+f;g=\"h\"~";
        rest.send(Map.of("task", "example.echo", "id", id));

        assertThat(rest.awaitState(id, "SUCCESS").id()).isEqualTo(id);
        String path = "/tasks/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        assertThat(rest.post(path + "/revoke").expect(409).text()).contains("SUCCESS");
    }

    @Test
    void theAuditIsKeptWithTheTask() {
        String id = rest.send(Map.of("task", "example.echo", "id", id(), "countdown", "PT1H"));
        rest.post("/tasks/" + id + "/revoke").expect(200);
        rest.post("/tasks/" + id + "/revoke").expect(200);
        rest.as("viewer").post("/tasks/" + id + "/retry").expect(403);
        rest.post("/tasks/" + id + "/retry").expect(200);
        rest.awaitState(id, "SUCCESS");
        problem(rest.post("/tasks/" + id + "/retry"), 409, "SUCCESS");

        List<TaskView.Audit> audit = rest.as("viewer").task(id).audit();
        assertThat(audit)
                .extracting(entry -> entry.action() + " " + entry.by())
                .as("without requests that were refused or changed nothing")
                .containsExactly("SEND admin", "REVOKE admin", "RETRY admin");
        assertThat(audit.get(0).at()).isNotNull().isEqualTo(rest.task(id).createdAt());
        assertThat(audit.get(2).at()).isAfterOrEqualTo(audit.get(1).at());
    }

    @Test
    void ofManySimultaneousRevocationsNoneFailsAndOneIsInTheAudit() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                String id = rest.send(Map.of("task", "example.echo", "countdown", "PT1H"));
                Callable<Rest.Answer> revoke = () -> rest.post("/tasks/" + id + "/revoke");
                for (Future<Rest.Answer> answer : callers.invokeAll(Collections.nCopies(8, revoke))) {
                    answer.get().expect(200);
                }
                TaskView task = rest.task(id);
                assertThat(task.state()).isEqualTo("REVOKED");
                assertThat(task.audit()).extracting(TaskView.Audit::action).containsExactly("SEND", "REVOKE");
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void pagesFollowEachOther() {
        String queue = "pages-" + System.nanoTime();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sent.add(0, script("it.scripted", Map.of("queue", queue), "ok"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            PageView page = rest.tasks("queue=" + queue + "&limit=3" + cursor);
            page.tasks().forEach(task -> seen.add(task.id()));
            cursor = page.next() == null ? null : "&cursor=" + page.next();
        } while (cursor != null);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void rolesDecideTheAccess() {
        String id = rest.send(Map.of("task", "example.echo", "id", id()));
        for (String path : List.of("/tasks", "/tasks/" + id, "/handlers", "/queues")) {
            rest.as("viewer").get(path).expect(200);
            problem(rest.as("guest").get(path), 403);
            problem(rest.asAnonymous().get(path), 401);
        }
        for (String path : List.of("/tasks/" + id + "/revoke", "/tasks/" + id + "/retry", "/queues/default/pause")) {
            problem(rest.as("viewer").post(path), 403);
        }
        problem(rest.as("viewer").post("/tasks", Map.of("task", "example.echo")), 403);
        JsonNode health = rest.asAnonymous().get("/health").expect(200).json();
        assertThat(health.path("status").asString()).isEqualTo("UP");
        assertThat(health.path("checks"))
                .extracting(check -> check.path("name").asString())
                .containsExactly("database", "heartbeat", "dueTasks", "sharedCommits", "parkedTasks");
        rest.asAnonymous().get(HOST + "/tasks/").expect(401);
        assertThat(rest.get(HOST + "/tasks/").expect(200).text()).contains("Errand");
    }

    @Test
    void anotherSitesPageCannotSend() {
        var body = BodyPublishers.ofString("{\"task\":\"example.echo\"}");
        problem(
                rest.call(rest.request("/tasks")
                        .header("Content-Type", "application/json")
                        .header("Origin", "https://evil.example")
                        .POST(body)),
                403);
        problem(
                rest.call(rest.request("/queues/default/pause")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(BodyPublishers.noBody())),
                403);
    }

    /** Each server reads headers in its own way; none may answer with a 500, or log a trace for it. */
    @Test
    void aHeaderThatMakesNoSenseIsTheClientsFault() {
        for (String accept : List.of(
                "application/json;q=",
                "application/json;q=x",
                "*/*;q=",
                "a",
                ";",
                "a/b/c",
                "a/b;;=",
                "text/html;q=9")) {
            for (String path : List.of("/tasks?limit=1", "/handlers", "/health", "", "/nothing", "/tasks/" + id())) {
                Rest.Answer answer =
                        rest.call(rest.request(path).header("Accept", accept).GET());
                assertThat(answer.status())
                        .as(accept + " " + path + " " + answer.text())
                        .isBetween(200, 499);
            }
        }
        for (String header :
                List.of("Accept-Language", "Accept-Charset", "Accept-Encoding", "If-Modified-Since", "Cookie")) {
            Rest.Answer answer = rest.call(
                    rest.request("/tasks?limit=1").header(header, "x;q=").GET());
            assertThat(answer.status()).as(header).isBetween(200, 499);
        }
    }

    @Test
    void aCompressedBodyIsRefused() {
        Rest.Answer answer = rest.call(rest.request("/tasks")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8, 0})));

        problem(answer, 415, "gzip");
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    }

    /** Announced, or in pieces of unknown length: no more of it is read than may be meant. */
    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsParsed() throws IOException {
        for (String path : List.of("/tasks/api/tasks", "/tasks/sample/datasets", "/tasks/api/queues/default/resume")) {
            for (long length : List.of(90L << 20, 2L << 20)) {
                String answer = announced(path, "Content-Length: " + length, "");
                assertThat(answer)
                        .as(path + " " + length)
                        .startsWith("HTTP/1.1 413")
                        .contains("application/problem+json", "1114112 bytes");
            }
        }
        String spaces = Integer.toHexString(2 << 20) + "\r\n" + " ".repeat(2 << 20) + "\r\n0\r\n\r\n";
        for (String path : List.of("/tasks/api/tasks", "/tasks/sample/datasets")) {
            assertThat(announced(path, "Transfer-Encoding: chunked", spaces))
                    .as(path)
                    .startsWith("HTTP/1.1 413")
                    .contains("application/problem+json");
        }
    }

    private static String announced(String path, String length, String body) throws IOException {
        String login = Base64.getEncoder().encodeToString("admin:admin-password".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket("localhost", URI.create(HOST).getPort())) {
            socket.setSoTimeout(60_000);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + login
                    + "\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            byte[] some = new byte[8_192];
            while (!answer.toString().contains("}")) {
                int read = socket.getInputStream().read(some);
                if (read < 0) {
                    break;
                }
                answer.append(new String(some, 0, read, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        }
    }

    @Test
    void theBaseListsTheCalls() {
        for (String path : List.of("", "/")) {
            JsonNode calls = rest.as("viewer").get(path).expect(200).json().path("calls");
            assertThat(calls)
                    .extracting(call -> call.path("path").asString())
                    .contains("/tasks", "/tasks/{id}", "/health");
            problem(rest.asAnonymous().get(path), 401);
        }
    }

    @Test
    void timesHaveThreeDigitsAndFourForTheYear() {
        String id = rest.send(Map.of(
                "task",
                "example.echo",
                "id",
                id(),
                "eta",
                "2400-01-01T00:00:00Z",
                "expires",
                "9999-12-31T23:59:59.999Z"));
        JsonNode task = rest.task(id).json();
        assertThat(task.path("dueAt").asString()).isEqualTo("2400-01-01T00:00:00.000Z");
        assertThat(task.path("expiresAt").asString()).isEqualTo("9999-12-31T23:59:59.999Z");
        rest.post("/tasks/" + id + "/revoke").expect(200);
        problem(
                rest.post("/tasks", Map.of("task", "example.echo", "eta", "9999-12-31T23:59:59-01:00")),
                400,
                "eta",
                "9999-12-31T23:59:59.999Z");

        String week = rest.send(Map.of("task", "example.echo", "id", id(), "countdown", "P1W"));
        TaskView later = rest.post("/tasks/" + week + "/revoke").expect(200).task();
        assertThat(Duration.between(later.createdAt(), later.dueAt())).isEqualTo(Duration.ofDays(7));
    }

    /** One such page took a server with a gigabyte down. */
    @Test
    void aListOfLargeArgumentsIsSmall() {
        String queue = "large-" + System.nanoTime();
        String objects = "[" + "{},".repeat(340_000) + "{\"password\":\"hunter2\"}]";
        String exact = "{\"a\":1.10,\"b\":9007199254740993}";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(rest.post(
                            "/tasks",
                            "{\"task\":\"example.echo\",\"queue\":\"" + queue + "\",\"countdown\":3600,\"argument\":"
                                    + objects + "}")
                    .expect(201)
                    .task()
                    .id());
        }
        rest.post(
                        "/tasks",
                        "{\"task\":\"example.echo\",\"queue\":\"" + queue + "\",\"countdown\":3600,\"argument\":"
                                + exact + "}")
                .expect(201);

        List<Rest.Answer> answers = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> rest.as("viewer").get("/tasks?queue=" + queue + "&limit=" + (25 + i)))
                .toList();
        for (Rest.Answer answer : answers) {
            assertThat(answer.expect(200).text().length()).isLessThan(50_000);
            assertThat(answer.text()).contains("\"argument\":" + exact + ",\"argumentCut\":false");
            TaskView large = answer.page().tasks().get(1);
            assertThat(large.argumentCut()).isTrue();
            assertThat(large.argument().asString()).isEqualTo(objects.substring(0, 300));
        }
        assertThat(rest.get("/tasks/" + ids.get(0)).expect(200).text())
                .contains("{\"password\":\"***\"}],\"argumentCut\":false")
                .doesNotContain("hunter2")
                .hasSizeGreaterThan(1_000_000);
        ids.forEach(id -> rest.post("/tasks/" + id + "/revoke").expect(200));
    }

    @Test
    void runsAndLogComeInPages() {
        String id = rest.send(Map.of("task", "example.echo", "id", id()));
        rest.awaitState(id, "SUCCESS");

        TaskView task = rest.get("/tasks/" + id + "?runs=0&log=0").expect(200).task();
        assertThat(task.runs()).isEmpty();
        assertThat(task.runsNext()).isNull();
        assertThat(rest.get("/tasks/" + id + "?runs=5&log=5").expect(200).task().runs())
                .hasSize(1);
        problem(rest.get("/tasks/" + id + "?runs=5000"), 400, "runs", "1000");
        problem(rest.get("/tasks/" + id + "?logCursor=x"), 400, "logCursor");
        problem(rest.get("/tasks/" + id + "?runsCursor=x"), 400, "runsCursor");
        problem(rest.get("/tasks/" + id + "?run=5"), 400, "run", "runsCursor");
    }
}
