package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.server.LocalRepository;
import dev.errand.it.server.ServerProcess;
import dev.errand.it.server.Shell;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder examples/, as it was built: one application after the other on one server. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExamplesIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("errand.it.root"), "examples");
    private static final String ANONYMOUS = null;
    private static final String WITHOUT_ROLE = "guest";

    @TempDir
    private static Path folder;

    private static Path repository;
    private static ServerProcess server;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String deployed;

    /** Maven builds them as it does for a user, with Errand's artifacts in a repository. */
    @BeforeAll
    static void build() throws IOException {
        repository = LocalRepository.in(folder.resolve("repository"));
        String modules = Stream.of("war", "own-ear", "in-errand-ear", "next-to-errand-ear")
                .map(example -> "<module>"
                        + folder.relativize(EXAMPLES.toAbsolutePath().normalize()) + "/" + example + "</module>")
                .collect(Collectors.joining());
        LocalRepository.build(
                Files.writeString(
                        folder.resolve("pom.xml"),
                        "<project><modelVersion>4.0.0</modelVersion><groupId>it</groupId><artifactId>it</artifactId>"
                                + "<version>1</version><packaging>pom</packaging><modules>" + modules
                                + "</modules></project>"),
                repository);
        server = ServerProcess.fresh("examples", 19_000).startWithoutWaiting();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void undeploy() {
        if (deployed != null) {
            server.undeployNow(deployed);
        }
    }

    /**
     * The heap has the class once per application that can still be reached. One more than the application that runs is
     * allowed: it may be held by a thread of the JDK that writes H2's file.
     */
    @Test
    void an_application_that_was_redeployed_leaves_nothing_behind() {
        for (int i = 0; i < 3; i++) {
            deploy("war/target/shop.war", "/shop/errand/api");
            awaitSuccess(
                    "/shop/errand/api",
                    post(ANONYMOUS, "/shop/greet?name=Fay", "", "text/plain").body());
            server.undeployNow(deployed);
            deployed = null;
        }
        deploy("war/target/shop.war", "/shop/errand/api");
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .untilAsserted(() -> assertThat(server.classesNamed("dev.errand.log.LogMessage"))
                        .isLessThanOrEqualTo(2));
    }

    @Test
    void the_engine_its_pages_and_the_applications_own_parts_work_in_one_WAR() {
        deploy("war/target/shop.war", "/shop/errand/api");

        // Errand's own part
        String api = "/shop/errand/api";
        assertThat(get("viewer", api + "/handlers").body()).contains("\"greeting.print\"", "\"shop.order\"");
        assertThat(get(ANONYMOUS, api + "/handlers").statusCode()).isEqualTo(401);
        assertThat(get(WITHOUT_ROLE, api + "/handlers").statusCode()).isEqualTo(403);
        assertThat(send("viewer", api, "shop.order", "\"{}\"").statusCode()).isEqualTo(403);
        assertThat(post(
                                "viewer",
                                "/shop/errand/sample/datasets",
                                "name=a&url=http://b",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("viewer", "/shop/errand/").body())
                .as("with another welcome file")
                .contains("<title>Errand</title>");
        assertThat(get("viewer", "/shop/errand").headers().firstValue("Location"))
                .contains("/shop/errand/");
        assertThat(get(ANONYMOUS, "/shop/errand/").statusCode()).isEqualTo(401);
        assertThat(get("viewer", "/shop/errand/index.html").body()).contains("<title>Errand</title>");
        assertThat(get("viewer", "/shop/errand/assets/main.js").statusCode()).isEqualTo(200);
        assertThat(get(ANONYMOUS, "/shop/errand/index.html").statusCode()).isEqualTo(401);
        assertThat(get("viewer", "/shop/errand/index.html").headers().firstValue("Content-Security-Policy"))
                .isPresent();

        // the servlet of the application sends, the handler runs
        awaitSuccess(
                api, post(ANONYMOUS, "/shop/greet?name=Ann", "", "text/plain").body());
        assertThat(server.log()).contains("Hello, Ann");

        // the application's persistence unit, REST interface and JSON library
        String order = post(ANONYMOUS, "/shop/rest/tasks", "{\"item\":\"book\"}", "application/json")
                .body();
        assertThat(awaitSuccess(api, order)).contains("\"result\":\"book\"");
        assertThat(get(ANONYMOUS, "/shop/rest/tasks").body()).contains("\"orders\":1", "\"jackson\":\"2.");
        assertThat(get(ANONYMOUS, "/shop/rest/tasks/count").body())
                .as("JSON-B, with the libraries of Errand in the WAR")
                .isEqualTo("{\"number-of-orders\":1}");
        assertThat(get(ANONYMOUS, "/shop/rest/no-such-thing").headers().firstValue("Content-Type"))
                .as("an error of the application, in the application's own way")
                .isNotEqualTo(Optional.of("application/problem+json"));

        // its page and its filter
        HttpResponse<String> page = get(ANONYMOUS, "/shop/index.xhtml");
        assertThat(page.body()).contains("Orders: 1");
        assertThat(page.headers().firstValue("X-Shop")).contains("open");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isEmpty();
        assertThat(get("viewer", "/shop/errand/index.html").headers().firstValue("X-Shop"))
                .contains("open");

        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .untilAsserted(() -> assertThat(server.log())
                        .contains("Errand is ready: http://localhost:" + server.port() + "/shop/errand/"));
        assertThat(server.log()).as("a path in a manifest that leads nowhere").doesNotContain("WFLYSRV0059");
    }

    /** An application that names no classes takes all resources that the server finds in the WAR, Errand's too. */
    @Test
    void a_JAX_RS_application_that_takes_all_it_finds_does_not_open_Errand() {
        deploy("war/target/shop.war", "/shop/errand/api");

        for (String path : List.of("handlers", "queues", "health", "metrics", "tasks/1")) {
            assertThat(get(ANONYMOUS, "/shop/rest/" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
            assertThat(get("admin", "/shop/rest/" + path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_module_in_Errands_EAR_is_one_of_its_tasks() {
        deploy("in-errand-ear/ear/target/errand-with-greeting.ear", "/tasks/api");

        String id = created(send("admin", "/tasks/api", "greeting.print", "\"Bob\""));
        awaitSuccess("/tasks/api", id);
        assertThat(server.log()).contains("Hello, Bob");
        awaitSuccess("/tasks/api", created(send("admin", "/tasks/api", "example.echo", "\"built in\"")));
    }

    @Test
    void an_EAR_of_the_users_has_the_engine_and_the_pages_in_it() {
        deploy("own-ear/ear/target/office.ear", "/errand/api");

        awaitSuccess(
                "/errand/api",
                post(ANONYMOUS, "/office/greet?name=Cleo", "", "text/plain").body());
        assertThat(server.log()).contains("Hello, Cleo");
        assertThat(get("viewer", "/errand/").body()).contains("<title>Errand</title>");
    }

    @Test
    void an_application_next_to_errand_ear_has_its_own_handlers_and_sends_to_the_other() {
        deploy(EXAMPLES.resolve("../ear/target/errand.ear"), "/tasks/api");
        Path neighbour = EXAMPLES.resolve("next-to-errand-ear/target/neighbour.war");
        assertThat(server.deployNow(neighbour)).isEmpty();
        try {
            String echo = post(ANONYMOUS, "/neighbour/echo?text=over", "", "text/plain")
                    .body();
            assertThat(awaitSuccess("/tasks/api", echo)).contains("\"task\":\"example.echo\"");
            awaitSuccess("/tasks/api", created(send("admin", "/tasks/api", "neighbour.welcome", "\"Emil\"")));
            assertThat(server.log()).contains("Welcome, Emil");
            assertThat(get("viewer", "/tasks/api/nodes").body())
                    .contains("\"application\":\"errand\"", "\"application\":\"neighbour\"");
        } finally {
            server.undeployNow("neighbour.war");
        }
    }

    @Test
    void a_new_project_of_the_script_builds_and_runs() {
        new Shell(folder)
                .run("sh", EXAMPLES.toAbsolutePath().normalize().resolve("new").toString(), "demo-shop", "org.acme");
        LocalRepository.build(folder.resolve("demo-shop/pom.xml"), repository);
        assertThat(folder.resolve("demo-shop/target/surefire-reports")).isNotEmptyDirectory();

        deploy(folder.resolve("demo-shop/target/demo-shop.war"), "/demo-shop/errand/api");
        awaitSuccess(
                "/demo-shop/errand/api",
                post(ANONYMOUS, "/demo-shop/greet?name=Dora", "", "text/plain").body());
        assertThat(server.log()).contains("Hello, Dora");
    }

    private void deploy(String archive, String api) {
        deploy(EXAMPLES.resolve(archive), api);
    }

    private void deploy(Path file, String api) {
        assertThat(server.deployNow(file)).isEmpty();
        deployed = file.getFileName().toString();
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> get(ANONYMOUS, api + "/health").statusCode() == 200);
    }

    private String awaitSuccess(String api, String id) {
        String path = api + "/tasks/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() -> get("viewer", path).body().contains("\"state\":\"SUCCESS\""));
        return get("viewer", path).body();
    }

    private HttpResponse<String> send(String user, String api, String task, String argument) {
        return post(
                user, api + "/tasks", "{\"task\":\"" + task + "\",\"argument\":" + argument + "}", "application/json");
    }

    /** The id of the task that was sent. */
    private static String created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private HttpResponse<String> get(String user, String path) {
        return call(user, request(path).GET());
    }

    private HttpResponse<String> post(String user, String path, String body, String type) {
        return call(user, request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private HttpResponse<String> call(String user, HttpRequest.Builder request) {
        if (user != null) {
            byte[] login = (user + ":" + user + "-password").getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
