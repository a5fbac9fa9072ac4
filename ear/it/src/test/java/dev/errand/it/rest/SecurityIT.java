package dev.errand.it.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.WebModule;
import dev.errand.it.ear.WebModule.Way;
import dev.errand.it.server.ServerContainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every path, tried by each kind of user: the access of each, and the information in the answers. */
class SecurityIT extends AppIT {
    private static final String ROOT = HOST + "/tasks";
    private static final String QUEUE = "security";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    /** Whatever the answer is, the user's right is not at fault. */
    private static final Integer[] ALLOWED = {};

    private static final Integer[] FORBIDDEN = {403};
    private static final List<String> ALL_METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND");

    /** Facts that no answer may contain. */
    static final Pattern SERVER = Pattern.compile(
            "wildfly|undertow|jboss|payara|glassfish|grizzly|catalina|open.?liberty|resteasy|jersey",
            Pattern.CASE_INSENSITIVE);

    static final Pattern TRACE = Pattern.compile("Exception|\\n\\s*at [\\w.$]+\\(|\\.java:\\d");

    private final Rest anonymous = rest.asAnonymous();
    private final Rest viewer = rest.as("viewer");
    private final Rest roleless = rest.as("guest");
    private final Rest stranger = rest.as("stranger", "wrong");

    private String victim;

    static List<Way> ways() {
        return WebModule.ways();
    }

    @BeforeEach
    void sendVictim() {
        victim = rest.send(
                Map.of("task", "example.echo", "id", id(), "queue", QUEUE, "countdown", "PT1H", "argument", "mine"));
    }

    @Test
    void theWaysAreFoundInTheEar() {
        assertThat(ways())
                .contains(
                        new Way("POST", "/api/tasks"),
                        new Way("GET", "/api/tasks/{id: .+}"),
                        new Way("POST", "/api/queues/{name: .+}/pause"),
                        new Way("GET", "/api/health"),
                        new Way("POST", "/api/webhooks/{id}/rotate"),
                        new Way("POST", "/sample/datasets"),
                        new Way("GET", "/error"),
                        new Way("GET", "/index.html"),
                        new Way("GET", "/assets/main.js"))
                .hasSizeGreaterThanOrEqualTo(17);
    }

    /** Browsers run a module of another type not at all: the answers say "nosniff". */
    @Test
    void theModulesOfTheStartPageAreJavaScript() {
        List<String> modules = ways().stream()
                .map(Way::path)
                .filter(path -> path.endsWith(".js"))
                .toList();

        assertThat(modules)
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        path -> assertThat(viewer.get(ROOT + path).expect(200).header("Content-Type"))
                                .matches("(text|application)/javascript(;.*)?"));
    }

    /** Tries each path with every method: an unforeseen method may be let through. */
    @ParameterizedTest
    @MethodSource("ways")
    void eachUserIsHeldToItsRole(Way way) {
        String path = way.path()
                .replace("{id: .+}", victim)
                .replace("{id}", "none")
                .replace("{task: .+}", victim)
                .replace("{name: .+}", QUEUE)
                .replace("{node: .+}", "other-node");
        assertThat(path).doesNotContain("{");
        boolean health = path.equals("/api/health");
        for (String method : ALL_METHODS) {
            boolean open = health && READING.contains(method);
            // the health refuses an unused method for every user, before the log-in or after it
            Integer[] refused = health ? new Integer[] {401, 403} : new Integer[] {401};
            check(method, path, "not logged in", anonymous, open ? ALLOWED : refused);
            if (!open) {
                check(method, path, "a stranger", stranger, refused);
            }
            check(method, path, "without a role", roleless, open ? ALLOWED : FORBIDDEN);
            check(method, path, "viewer", viewer, READING.contains(method) ? ALLOWED : FORBIDDEN);
        }
        assertThat(rest.task(victim).audit()).as("nothing was done to it").hasSize(1);
        assertThat(queue(QUEUE).paused()).isFalse();
        for (String method : health ? READING : List.of("GET", "HEAD", "OPTIONS", "POST")) {
            check(method, path, "admin", rest, ALLOWED);
        }
        rest.post("/queues/" + QUEUE + "/resume").expect(200);
    }

    private static void check(String method, String path, String who, Rest user, Integer[] expected) {
        Rest.Answer answer = call(user, method, path);
        String what = method + " " + path + " as " + who + ": " + answer.text();
        if (!READING.contains(method) && !CHANGING.contains(method)) {
            assertThat(answer.status()).as(what).isGreaterThanOrEqualTo(400);
            tellsNothing(what, answer);
        } else {
            if (expected == ALLOWED) {
                assertThat(answer.status()).as(what).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(answer.status()).as(what).isIn((Object[]) expected);
            }
            isGuarded(what, answer);
        }
    }

    private static Rest.Answer call(Rest user, String method, String path, String... headers) {
        boolean form = path.startsWith("/sample");
        // a DELETE with a body is refused by some servers before they ask for a log-in
        BodyPublisher body = CHANGING.contains(method) && !method.equals("DELETE")
                ? BodyPublishers.ofString(form ? "name=x" : "{\"task\":\"\"}")
                : BodyPublishers.noBody();
        var request = user.request(ROOT + path)
                .header("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json")
                .method(method, body);
        return user.call(headers.length == 0 ? request : request.headers(headers));
    }

    private static void isGuarded(String what, Rest.Answer answer) {
        assertThat(answer.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).as(what).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).as(what).isEqualTo("same-origin");
        assertThat(answer.header("Content-Security-Policy"))
                .as(what)
                .contains("default-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().allValues("Cache-Control")).as(what).containsExactly("no-store");
        tellsNothing(what, answer);
    }

    private static void tellsNothing(String what, Rest.Answer answer) {
        assertThat(answer.headers().map()).as(what).doesNotContainKeys("server", "x-powered-by", "set-cookie");
        assertThat(answer.text()).as(what).doesNotContainPattern(SERVER);
        if (answer.status() >= 400) {
            assertThat(answer.text()).as(what).doesNotContainPattern(TRACE);
        }
    }

    static Stream<String> tricks() {
        return Stream.of(
                "/tasks/api/health/../tasks",
                "/tasks/api/health/..;/tasks",
                "/tasks/api/health;/../tasks",
                "/tasks/api/health;a=b/../tasks",
                "/tasks/api/health/%2e%2e/tasks",
                "/tasks/api/health%2f..%2ftasks",
                "/tasks/api/health%2f%2e%2e%2ftasks",
                "/tasks/api/health%5c..%5ctasks",
                "/tasks/api/health%00/../tasks",
                "/tasks/api/health%3b/../tasks",
                "/tasks/api/health/tasks",
                "/tasks/api/health?/../tasks",
                "/tasks/api/tasks/..;/health",
                "/tasks/api/tasks/VICTIM/..;/..;/health",
                "/tasks/api/tasks/VICTIM;/../../health",
                "/tasks/api/tasks;jsessionid=1",
                "/tasks/api/tasks;/VICTIM",
                "/tasks/api/tasks/",
                "/tasks/api//tasks",
                "/tasks//api/tasks",
                "//tasks/api/tasks",
                "/tasks/./api/tasks",
                "/tasks/api%2ftasks",
                "/tasks%2fapi/tasks",
                "/tasks/%61pi/tasks",
                "/tasks/api/%74asks",
                "/tasks/API/tasks",
                "/tasks/Api/Tasks/VICTIM",
                "/tasks",
                "/tasks/;/index.html",
                "/tasks/index.html;.js",
                "/tasks/assets/..;/index.html",
                "/tasks/assets/%2e%2e/index.html",
                "/tasks/assets/",
                "/tasks/error;x",
                "/tasks/sample/datasets/../../api/tasks");
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void noSpellingOfAPathGetsAStrangerIn(String trick) {
        String url = HOST + trick.replace("VICTIM", victim);
        String health = anonymous.get("/health").expect(200).text();
        for (String method : List.of("GET", "POST", "OPTIONS")) {
            Rest.Answer answer = anonymous.call(anonymous.request(url).method(method, BodyPublishers.noBody()));

            String what = method + " " + url + ": " + answer.text();
            if (answer.status() == 200) {
                // a spelling of the health, which every user may see; the answer has no more than that
                assertThat(answer.text()).as(what).isEqualTo(method.equals("GET") ? health : answer.text());
            } else if (answer.status() < 400) {
                // as a browser reads it
                URI location = URI.create(answer.header("Location"));
                assertThat(location.getHost()).as(what).isIn(null, "localhost");
                assertThat(location.normalize().getPath()).as(what).isEqualTo("/tasks/");
            } else if (method.equals("GET")) {
                // 403 would mean that it had got as far as an EJB, which alone has asked for a role
                assertThat(answer.status()).as(what).isIn(400, 401, 404);
            } else {
                assertThat(answer.status()).as(what).isLessThan(500);
            }
            tellsNothing(what, answer);
        }
        viewer.call(viewer.request(url + "/revoke").POST(BodyPublishers.noBody()));
        assertThat(rest.task(victim).audit()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/web-inf/web.xml",
                "/WEB-INF/classes/dev/errand/web/http/Problem.class",
                "/META-INF/MANIFEST.MF",
                "/META-INF/maven/dev.errand/errand-web/pom.xml",
                "/assets/../WEB-INF/web.xml",
                "/assets/..;/WEB-INF/web.xml",
                "/assets/%2e%2e/WEB-INF/web.xml",
                "/WEB-INF;/web.xml",
                "/%57EB-INF/web.xml",
                "/WEB-INF./web.xml",
                "/index.html/../WEB-INF/web.xml"
            })
    void thePartsOfTheApplicationAreShownToNoUser(String path) {
        Rest.Answer answer = rest.get(ROOT + path);

        // some servers send a spelling that they do not like to the start page
        assertThat(answer.status()).as(answer.text()).isBetween(300, 499);
        tellsNothing(path, answer);
    }

    @Test
    void aViewerStaysOneWithAnyHeaders() {
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            viewer.call(viewer.request("/tasks/" + victim + "/revoke")
                    .header(header, "POST")
                    .GET());
            viewer.call(
                    viewer.request("/tasks/" + victim).header(header, "DELETE").GET());
        }
        viewer.call(viewer.request("/tasks/" + victim + "/revoke?_method=POST").GET());

        assertThat(rest.task(victim).audit()).hasSize(1);
    }

    /** The tricks of a page on another site, with the admin's password which the browser sends along. */
    @ParameterizedTest
    @MethodSource("ways")
    void anotherSitesPageChangesNothing(Way way) {
        if (!CHANGING.contains(way.method())) {
            return;
        }
        String path = way.path()
                .replace("{id: .+}", victim)
                .replace("{id}", "none")
                .replace("{task: .+}", victim)
                .replace("{name: .+}", QUEUE)
                .replace("{node: .+}", "other-node");
        for (String[] headers : new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", HOST + ".evil.example"},
            {"Origin", "http://localhost:1"},
            {"Origin", "garbage"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Sec-Fetch-Site", "cross-site", "Origin", HOST}
        }) {
            Rest.Answer answer = call(rest, way.method(), path, headers);

            assertThat(answer.status()).as(path + List.of(headers)).isEqualTo(403);
            isGuarded(path, answer);
        }
        assertThat(rest.task(victim).audit()).hasSize(1);
        assertThat(queue(QUEUE).paused()).isFalse();
    }

    /** Those that a form of another site could send without the browser asking first. */
    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "*/*"})
    void aTaskIsSentAsJsonOrNotAtAll(String type) {
        String body = "{\"task\":\"example.echo\",\"queue\":\"" + QUEUE + "\"}";

        assertThat(rest.post("/tasks", body, type).status()).isIn(400, 415);
    }

    @Test
    void noErrorTellsMoreThanItMust() {
        String text = "Accept";
        Map<String, Rest.Answer> answers = Map.of(
                "404", rest.get(ROOT + "/nothing"),
                "404 as a page", rest.call(rest.request(ROOT + "/nothing").header(text, "text/html")),
                "404 of a resource", rest.get("/nothing"),
                "405", rest.call(rest.request("/handlers").DELETE()),
                "406", rest.call(rest.request("/tasks").header(text, "text/plain")),
                "400 for a header", rest.call(rest.request("/tasks").header(text, "x/")),
                "400 for a body", rest.post("/tasks", "{\"task\":"),
                "413", rest.post("/tasks", Map.of("task", "example.echo", "argument", "x".repeat(1 << 20))),
                "415", rest.post("/tasks", "x", "text/plain"));

        answers.forEach((what, answer) -> {
            assertThat(answer.status()).as(what).isEqualTo(Integer.parseInt(what.substring(0, 3)));
            isGuarded(what, answer);
            if (!what.contains("page")) {
                assertThat(answer.header("Content-Type")).as(what).startsWith("application/problem+json");
            }
        });
    }

    /** A stranger can send this, so it must neither be an error of ours nor write a stack trace of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic !!!",
                "Basic",
                "Basic Og==",
                "Basic YWRtaW4=",
                "Bearer x",
                "Digest x",
                "x",
                "Basic Og",
                "Basic ====",
                "basic !!!"
            })
    void aLogInThatIsNoneIsRefusedAndLogsNoTrace(String authorization) throws IOException {
        Rest.Answer answer = anonymous.call(anonymous.request("/tasks").header("Authorization", authorization));

        assertThat(answer.status()).as(answer.text()).isIn(400, 401, 403);
        isGuarded(authorization, answer);
        assertThat(log()).doesNotContain("DecodeException");
    }

    /** Made of the header Host, its address would be one that a stranger chooses. */
    @Test
    @DisabledIfSystemProperty(
            named = "errand.it.server",
            matches = "openliberty",
            disabledReason = "It answers before the application, and has no setting for it")
    void aRedirectToAFolderNamesNoHost() {
        for (String path : List.of("/tasks", "/tasks/assets")) {
            for (String query : List.of("", "?a=b")) {
                Rest.Answer answer = rest.get(HOST + path + query);

                assertThat(answer.status()).as(path).isIn(301, 302);
                assertThat(answer.header("Location")).isIn(path + "/", path + "/" + query);
                assertThat(answer.text()).doesNotContain(HOST);
                tellsNothing(path, answer);
            }
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "errand.it.server",
            matches = "payara|glassfish|openliberty",
            disabledReason = "It answers before the application; docs/operate/security.md says so")
    void aRedirectToAFolderHasTheHeaders() {
        for (String path : List.of("/tasks", "/tasks/assets")) {
            isGuarded(path, rest.get(HOST + path).expect(302));
        }
    }

    @Test
    void aSecretIsNeitherShownNorLogged() throws IOException {
        String secret = "s3cret-" + UUID.randomUUID();
        Object deep = Map.of("list", List.of(Map.of("PassWord", secret, "secretary", "Ann")));
        String retried = rest.send(Map.of(
                "task",
                "webhook.notify",
                "argument",
                Map.of("url", "http://127.0.0.1:1/", "secret", secret, "payload", deep)));
        String failed =
                rest.send(Map.of("task", "webhook.notify", "argument", Map.of("url", "ftp://x", "secret", secret)));
        String unread = rest.send(Map.of("task", "example.echo", "argument", deep));
        String parked = rest.send(Map.of("task", "no.such", "argument", deep));

        assertThat(rest.awaitState(retried, "RETRY").toString()).contains("Ann");
        rest.awaitState(failed, "FAILURE");
        rest.awaitState(unread, "FAILURE");
        rest.post("/tasks/" + retried + "/retry").expect(200);
        for (String id : List.of(retried, failed, unread, parked)) {
            assertThat(rest.get("/tasks/" + id).expect(200).text())
                    .contains("***")
                    .doesNotContain(secret);
        }
        assertThat(rest.get("/tasks?limit=20").expect(200).text())
                .contains(parked)
                .doesNotContain(secret);
        rest.post("/tasks/" + parked + "/revoke").expect(200);
        rest.awaitState(retried, "RETRY");
        rest.post("/tasks/" + retried + "/revoke").expect(200);
        assertThat(log()).contains(failed, retried, parked).doesNotContain(secret);
    }

    /** Returns the log of the server, which writes each line at once. */
    static String log() throws IOException {
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("errand.it.servers"), ServerContainer.NAME))) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("(server\\.log|messages).*"))
                    .toList()) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    /** By the server's own means; the user is here for nothing else. */
    @Test
    @DisabledIfSystemProperty(
            named = "errand.it.server",
            matches = "payara|glassfish|openliberty",
            disabledReason = "It has no such means; docs/operate/security.md says what to do there")
    void aGuesserOfPasswordsIsLockedOut() {
        Rest guesser = rest.as("guesser");
        guesser.get("/queues").expect(200);
        for (int i = 0; i < 10; i++) {
            rest.as("guesser", "guess-" + i).get("/queues").expect(401);
        }

        isGuarded("locked out", guesser.get("/queues").expect(401));
        viewer.get("/queues").expect(200);
    }
}
