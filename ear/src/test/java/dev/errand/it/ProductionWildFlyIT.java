package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A stock WildFly that docs/operations.md, "A production server", has set up on PostgreSQL. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the steps are those of a Linux server")
class ProductionWildFlyIT {
    private static final int OFFSET = 4000;
    private static final int HTTPS = 8443 + OFFSET;
    private static final String STORE_PASSWORD = "store-password";
    private static final String TLS_PASSWORD = "tls-password";
    private static final Path SCRIPTS = Path.of(System.getProperty("errand.it.scripts"), "wildfly");

    private static PasswordPostgres postgres;
    private static StockWildFly server;
    private static String setUpOnce;
    private static String setUpTwice;

    private final Rest rest = server.rest();

    @BeforeAll
    static void start() throws Exception {
        postgres = new PasswordPostgres();
        server = new StockWildFly("production-wildfly", OFFSET);
        Path folder = server.data();
        Path keystore = folder.resolve("errand.p12");
        Tls.makeKey(keystore, TLS_PASSWORD);
        Path properties = Files.writeString(folder.resolve("production.properties"), properties(keystore));

        Shell shell = new Shell(SCRIPTS)
                .with("ERRAND_STORE_PASSWORD", STORE_PASSWORD)
                .with("ERRAND_DB_PASSWORD", PasswordPostgres.PASSWORD)
                .with("ERRAND_TLS_PASSWORD", TLS_PASSWORD);
        setUp(shell, properties);
        setUpOnce = Files.readString(server.configuration());
        setUp(shell, properties);
        setUpTwice = Files.readString(server.configuration());
        addUser(shell, "admin", "errand-admin");
        addUser(shell, "viewer", "errand-viewer");

        server.withVariable("ERRAND_STORE_PASSWORD", STORE_PASSWORD)
                .deploy(ErrandEar.built())
                .start();
    }

    /** The file of the project, with what an administrator changes in it. */
    private static String properties(Path keystore) throws IOException {
        String text = Files.readString(SCRIPTS.resolve("production.properties"));
        text = with(
                text,
                "database.driver",
                ErrandEar.jarOf(org.postgresql.Driver.class).toString());
        text = with(text, "database.url", postgres.url());
        text = with(text, "https.keystore", keystore.toString());
        text = with(text, "application.url", server.url());
        return with(
                text, "application.archive", server.data().resolve("archive").toString());
    }

    private static String with(String text, String key, String value) {
        String line = "(?m)^" + key + "=.*$";
        assertThat(text).containsPattern(line);
        return text.replaceFirst(line, Matcher.quoteReplacement(key + "=" + value));
    }

    private static void setUp(Shell shell, Path properties) {
        shell.run(
                server.home().resolve("bin/jboss-cli.sh").toString(),
                "--file=production.cli",
                "--properties=" + properties,
                "--resolve-parameter-values");
    }

    private static void addUser(Shell shell, String name, String role) {
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
        postgres.close();
        // a whole server, and nobody will look into it when all went well
        ServerProcess.delete(server.base);
    }

    @Test
    void aTaskRunsAndItsRecordIsInPostgres() throws Exception {
        String id = rest.send(Map.of("task", "example.echo", "argument", "Hello"));
        rest.awaitState(id, "SUCCESS");
        assertThat(postgres.state(id)).isEqualTo("SUCCESS");
    }

    @Test
    void rolesAreThoseOfTheServersUsers() {
        rest.asAnonymous().get("/handlers").expect(401);
        rest.as("admin", "wrong").get("/handlers").expect(401);
        rest.as("viewer").get("/handlers").expect(200);
        rest.as("viewer").post("/tasks", Map.of("task", "example.echo")).expect(403);
    }

    @Test
    void othersReachItByTlsOnly() throws Exception {
        assertThat(Tls.get(HTTPS, "/tasks/api/health", server.data().resolve("errand.p12"), TLS_PASSWORD))
                .isEqualTo(200);
        // an address that is not 127.0.0.1: HTTPS is there, plain HTTP and management are not
        connect("127.0.0.2", HTTPS);
        for (int port : new int[] {server.port(), 9990 + OFFSET}) {
            connect("127.0.0.1", port);
            assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(ConnectException.class);
        }
    }

    private static void connect(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5_000);
        }
    }

    @Test
    void nothingTellsWhichServerItIs() {
        String root = "http://localhost:" + server.port();
        for (Rest.Answer answer : new Rest.Answer[] {
            rest.asAnonymous().get("/handlers"), rest.get("/no/such"), rest.get(root + "/"), rest.get(root + "/none")
        }) {
            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(answer.text() + answer.headers().map())
                    .doesNotContainIgnoringCase("wildfly", "jboss", "undertow");
        }
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
    void requestsAreLogged() {
        rest.get("/queues").expect(200);
        Path log = server.logFile().resolveSibling("access.log");
        Awaitility.await().until(() -> {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.anyMatch(line -> line.contains("127.0.0.1 admin \"GET /tasks/api/queues HTTP/1.1\" 200"));
            }
        });
    }

    @Test
    void systemdTakesTheUnit() throws IOException {
        Systemd.verify(SCRIPTS.resolve("errand-wildfly.service"), "/opt/wildfly/", server.home() + "/", server.data());
    }
}
