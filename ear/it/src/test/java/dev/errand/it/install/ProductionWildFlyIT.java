package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.OpenIdProvider;
import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Tls;
import dev.errand.it.database.PasswordPostgres;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Folders;
import dev.errand.it.server.Shell;
import dev.errand.it.server.StockWildFly;
import dev.errand.it.server.Systemd;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A stock WildFly that docs/install/wildfly.md has set up on PostgreSQL. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the steps are those of a Linux server")
class ProductionWildFlyIT extends ProductionContract {
    private static final int OFFSET = 11_000;
    private static final String STORE_PASSWORD = "store-password";
    private static final Path WILDFLY = SCRIPTS.resolve("wildfly");

    private static PasswordPostgres postgres;
    private static OpenIdProvider provider;
    private static StockWildFly server;
    private static Shell shell;
    private static Path properties;
    private static String setUpOnce;
    private static String setUpTwice;

    @BeforeAll
    static void start() throws Exception {
        postgres = new PasswordPostgres();
        provider = new OpenIdProvider();
        server = new StockWildFly("production-wildfly", OFFSET);
        Path folder = server.data();
        Path keystore = folder.resolve("errand.p12");
        Tls.makeKey(keystore, TLS_PASSWORD);
        properties = Files.writeString(folder.resolve("production.properties"), properties(keystore));

        shell = new Shell(WILDFLY)
                .with("ERRAND_STORE_PASSWORD", STORE_PASSWORD)
                .with("ERRAND_DB_PASSWORD", PasswordPostgres.PASSWORD)
                .with("ERRAND_TLS_PASSWORD", TLS_PASSWORD);
        setUp("production.cli");
        setUpOnce = Files.readString(server.configuration());
        setUp("production.cli");
        setUpTwice = Files.readString(server.configuration());
        addUser("admin", "errand-admin");
        addUser("viewer", "errand-viewer");

        server.withVariable("ERRAND_STORE_PASSWORD", STORE_PASSWORD)
                .deploy(ErrandEar.built())
                .start();
    }

    /** The file of the project, with what an administrator changes in it. */
    private static String properties(Path keystore) throws IOException {
        String text = Files.readString(WILDFLY.resolve("production.properties"));
        text = with(
                text,
                "database.driver",
                ErrandEar.jarOf(org.postgresql.Driver.class).toString());
        text = with(text, "database.url", postgres.url());
        text = with(text, "https.keystore", keystore.toString());
        text = with(text, "application.url", server.url());
        text = with(text, "oidc.provider", provider.issuer());
        return with(
                text, "application.archive", server.data().resolve("archive").toString());
    }

    private static String with(String text, String key, String value) {
        String line = "(?m)^" + key + "=.*$";
        assertThat(text).containsPattern(line);
        return text.replaceFirst(line, Matcher.quoteReplacement(key + "=" + value));
    }

    private static void setUp(String script) {
        shell.run(
                server.home().resolve("bin/jboss-cli.sh").toString(),
                "--file=" + script,
                "--properties=" + properties,
                "--resolve-parameter-values");
    }

    private static void addUser(String name, String role) {
        shell.run(
                server.home().resolve("bin/add-user.sh").toString(),
                "-a",
                "-u",
                name,
                "-p",
                name + "-password",
                "-g",
                role);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        provider.close();
        postgres.close();
        // a whole server, which is of no use after a success
        Folders.delete(server.base);
    }

    ProductionWildFlyIT() {
        super(Ports.http(OFFSET), Ports.of(8443 + OFFSET), Ports.of(9990 + OFFSET));
    }

    @Override
    PasswordPostgres postgres() {
        return postgres;
    }

    @Override
    Path keystore() {
        return server.data().resolve("errand.p12");
    }

    @Override
    Stream<String> accessLog() throws IOException {
        return lines(server.logFile().resolveSibling("access.log"));
    }

    @Override
    String[] namesOfTheServer() {
        return new String[] {"wildfly", "jboss", "undertow"};
    }

    @Test
    void noPasswordIsInTheConfiguration() {
        assertThat(setUpOnce)
                .contains("java:jboss/datasources/ErrandDS")
                .doesNotContain(PasswordPostgres.PASSWORD, STORE_PASSWORD, TLS_PASSWORD);
    }

    @Test
    void aSecondRunOfTheScriptChangesNothing() {
        assertThat(lines(setUpTwice)).containsExactlyInAnyOrder(lines(setUpOnce));
    }

    private static String[] lines(String text) {
        return text.lines().toArray(String[]::new);
    }

    @Test
    void systemdTakesTheUnit() throws IOException {
        Systemd.verify(WILDFLY.resolve("errand-wildfly.service"), "/opt/wildfly/", server.home() + "/", server.data());
    }

    /**
     * When some of it is done, and a lot is not.
     *
     * @return what it has logged by then
     */
    private static String stopUnderLoad() throws SQLException {
        postgres.update(
                "INSERT INTO errand_task (id, task, queue, state, priority, run, retries, crashes, wake_at, due_at,"
                        + " created_at, argument) SELECT 'load-' || i, 'example.echo', 'default', 'PENDING', 4, 1, 0, 0, 0, 0, 0, '1'"
                        + " FROM generate_series(1, 10000) i");
        Awaitility.await().atMost(Rest.PATIENCE).until(() -> postgres.count("state = 'SUCCESS'") > 500);
        server.stop();
        return server.log();
    }

    /** The same server, once oidc.cli has been run on it. JUnit runs this after all of the above. */
    @Nested
    class SingleSignOn {
        private static final Map<String, Object> ECHO = Map.of("task", "example.echo");

        private static String logOfTheStop;
        private static int leftToDo;
        private static int leftWithTheNode;

        private final Rest rest = server.rest();

        @BeforeAll
        static void setUpOpenIdConnect() throws SQLException {
            logOfTheStop = stopUnderLoad();
            leftToDo = postgres.count("state = 'PENDING'");
            leftWithTheNode = postgres.count("wake_at IS NOT NULL AND node IS NOT NULL");
            postgres.update("DELETE FROM errand_task WHERE state = 'PENDING'");
            setUp("oidc.cli");
            server.withVariable("ERRAND_OIDC_SECRET", OpenIdProvider.SECRET).start();
        }

        private Rest as(String user, String... roles) {
            return rest.withToken(OpenIdProvider.token(provider.claims(user, roles), provider.key()));
        }

        @Test
        void theStopBeforeReleasedTheTasksOfTheNode() {
            assertThat(leftToDo).isPositive();
            assertThat(leftWithTheNode).isZero();
            assertThat(logOfTheStop).contains("ERRAND-0108").doesNotContain("ERRAND-0109");
        }

        @Test
        void aTokensRolesAreThoseOfTheApplication() {
            Rest admin = as("anna", "errand-admin");
            String id = admin.send(ECHO);
            assertThat(admin.awaitState(id, "SUCCESS").sentBy()).isEqualTo("anna");
            admin.post("/queues/idle/pause").expect(200);

            Rest viewer = as("ben", "errand-viewer");
            viewer.get("/tasks/" + id).expect(200);
            viewer.post("/tasks", ECHO).expect(403);
            viewer.post("/queues/idle/resume").expect(403);

            as("carl").get("/tasks/" + id).expect(403);
            as("carl", "admin").get("/tasks/" + id).expect(403);
            rest.asAnonymous().get("/health").expect(200);
        }

        @Test
        void aTokenThatTheProviderHasNotGivenIsRefused() {
            Map<String, Object> claims = provider.claims("ben", "errand-viewer");
            String token = OpenIdProvider.token(claims, provider.key());
            rest.withToken(token).get("/queues").expect(200);

            // another's key
            refused(OpenIdProvider.token(claims, OpenIdProvider.newKey()));
            // more roles than the provider has signed
            String[] parts = token.split("\\.");
            Map<String, Object> more = provider.claims("ben", "errand-admin");
            refused(parts[0] + "." + OpenIdProvider.part(more) + "." + parts[2]);
            // no signature
            refused(OpenIdProvider.part(Map.of("alg", "none")) + "." + parts[1] + ".");
            // over
            claims.put("exp", Instant.now().minus(Duration.ofMinutes(5)).getEpochSecond());
            refused(OpenIdProvider.token(claims, provider.key()));
            // another's name
            more.put("iss", "http://localhost:1");
            refused(OpenIdProvider.token(more, provider.key()));
            refused("nonsense");
        }

        private void refused(String token) {
            rest.withToken(token).get("/queues").expect(401);
            rest.withToken(token).post("/tasks", ECHO).expect(401);
        }

        @Test
        void theServersOwnUsersAreNotAskedForAnyMore() {
            assertThat(rest.as("admin").post("/tasks", ECHO).status()).isIn(302, 401);
        }

        @Test
        void aBrowserIsSentToTheProviderAndComesBackLoggedIn() throws Exception {
            HttpClient browser = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            URI page = URI.create(server.url() + "api/queues");
            HttpResponse<String> answer =
                    browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.previousResponse()).isPresent();
            assertThat(answer.uri().getPath()).isEqualTo(page.getPath());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
