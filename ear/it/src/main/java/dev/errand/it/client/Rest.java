package dev.errand.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the REST interface of a server as one of its users; "admin", "viewer" and "guest" (without a role) are on each test
 * server. */
public final class Rest {
    /** The longest wait for a fact: a machine may be slow. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final List<String> OVER = List.of("SUCCESS", "FAILURE", "REVOKED");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String authorization;

    private Rest(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** The server that Arquillian runs. */
    public static Rest arquillian() {
        return on(Ports.http(Ports.ARQUILLIAN));
    }

    public static Rest on(int port) {
        return new Rest(URI.create("http://localhost:" + port + "/tasks/api"), null).as("admin");
    }

    /** Another application on the same server. */
    public Rest at(String contextRoot) {
        return new Rest(base.resolve(contextRoot + "/api"), authorization);
    }

    /** The same server, as another of the test users. */
    public Rest as(String user) {
        return as(user, user + "-password");
    }

    public Rest as(String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Rest(base, "Basic " + Base64.getEncoder().encodeToString(login));
    }

    /** Calls the same server with a token of an OpenID Connect provider. */
    public Rest withToken(String token) {
        return new Rest(base, "Bearer " + token);
    }

    public Rest asAnonymous() {
        return new Rest(base, null);
    }

    /** An answer; the body is a missing node where it is not JSON, and {@link #text} always has it. */
    public record Answer(int status, HttpHeaders headers, String text, JsonNode json) {
        public Answer expect(int expected) {
            assertThat(status).as(text).isEqualTo(expected);
            return this;
        }

        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        /** Views the body as a task. */
        public TaskView task() {
            return new TaskView(json, text);
        }

        /** Views the body as a page of a list of tasks. */
        public PageView page() {
            return new PageView(json);
        }
    }

    public Answer get(String path) {
        return call(request(path).GET());
    }

    public Answer post(String path) {
        return call(request(path).POST(BodyPublishers.noBody()));
    }

    /** @param body anything that Jackson writes; a string is sent as it is */
    public Answer post(String path, Object body) {
        return post(path, body, "application/json");
    }

    public Answer post(String path, Object body, String contentType) {
        String text = body instanceof String string ? string : JSON.writeValueAsString(body);
        return call(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(text)));
    }

    public Answer put(String path, Object body) {
        return call(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    public Answer patch(String path, Object body) {
        return call(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    public Answer delete(String path) {
        return call(request(path).DELETE());
    }

    /** Begins a request that has no method here: {@code call(request("/x").method(…))}. The path is under /tasks/api, or a whole URL. */
    public HttpRequest.Builder request(String path) {
        URI uri = path.startsWith("http") ? URI.create(path) : URI.create(base + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    public Answer call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body(), json(response.body()));
        } catch (IOException e) {
            throw new AssertionError("No answer from " + base + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    /** Returns the id as a segment of a path. Payara 7 accepts a colon in no other way. */
    private static String address(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        return System.getProperty("errand.it.server", "").startsWith("payara")
                ? encoded.replace("%3A", "~3A")
                : encoded;
    }

    /**
     * Sends a task and returns its id.
     *
     * @param task anything that Jackson writes; a string is sent as it is
     */
    public String send(Object task) {
        return post("/tasks", task).expect(201).task().id();
    }

    public TaskView task(String id) {
        return get("/tasks/" + address(id)).expect(200).task();
    }

    /**
     * Lists tasks.
     *
     * @param query the parameters, as in {@code queue=default&limit=10}
     */
    public PageView tasks(String query) {
        return get("/tasks?" + query).expect(200).page();
    }

    public List<QueueView> queues() {
        return Members.list(get("/queues").expect(200).json(), QueueView::new);
    }

    public List<HandlerView> handlers() {
        return Members.list(get("/handlers").expect(200).json(), HandlerView::new);
    }

    public TaskView awaitState(String id, String state) {
        return awaitState(id, state, PATIENCE);
    }

    /** Waits for a state; gives up at once when the task has ended in another one, and shows the task then. */
    public TaskView awaitState(String id, String state, Duration patience) {
        return await(id, task -> state.equals(task.state()), state, patience);
    }

    /** Waits until a task is finished, and returns its state. */
    public String awaitEnd(String id) {
        return await(id, Rest::isOver, OVER.toString(), PATIENCE).state();
    }

    private TaskView await(String id, Predicate<TaskView> wanted, String what, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            TaskView task = task(id);
            if (wanted.test(task)) {
                return task;
            }
            if (isOver(task) || System.nanoTime() > end) {
                throw new AssertionError("Expected %s within %s, but it is:\n%s"
                        .formatted(what, patience, task.json().toPrettyString()));
            }
            sleep();
        }
    }

    private static boolean isOver(TaskView task) {
        return task.state() != null && OVER.contains(task.state());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
