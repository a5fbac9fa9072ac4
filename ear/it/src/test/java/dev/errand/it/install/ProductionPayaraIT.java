package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Tls;
import dev.errand.it.database.PasswordPostgres;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Folders;
import dev.errand.it.server.Listening;
import dev.errand.it.server.Shell;
import dev.errand.it.server.Systemd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A new domain of Payara, set up by the steps of the documents, on PostgreSQL. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the steps are those of a Linux server")
class ProductionPayaraIT extends ProductionContract {
    /** Payara's ports are this and 48 (management), 80, 81 (HTTPS), 86 (JMX) and so on. */
    private static final int PORTS = Ports.of(22_000);

    private static final int BROKER = PORTS + 76;

    private static final String MASTER_PASSWORD = "master-password";
    private static final String BROKER_PASSWORD = "broker-password";
    private static final Path PAYARA = SCRIPTS.resolve("payara");
    private static final Path HOME =
            Path.of(System.getProperty("errand.it.payara")).normalize();
    private static final Path FOLDER = Path.of(System.getProperty("errand.it.servers"), "production-payara");
    private static final Path DOMAIN = FOLDER.resolve("errand");
    private static final Thread END_WITH_JVM = new Thread(ProductionPayaraIT::kill, "end-payara");

    private static PasswordPostgres postgres;
    private static Shell shell;

    @BeforeAll
    static void start() throws Exception {
        postgres = new PasswordPostgres();
        Folders.delete(FOLDER);
        Files.createDirectories(FOLDER);
        Runtime.getRuntime().addShutdownHook(END_WITH_JVM);
        Files.writeString(FOLDER.resolve("passwords"), passwords(PasswordPostgres.PASSWORD, "admin-password"));
        Files.writeString(FOLDER.resolve("viewer"), passwords("", "viewer-password"));
        Tls.makeKey(FOLDER.resolve("errand.p12"), TLS_PASSWORD);
        shell = new Shell(PAYARA)
                .with("AS_JAVA", System.getProperty("errand.it.java"))
                .with("ERRAND_DB_DRIVER", "org.postgresql.Driver")
                .with("ERRAND_DB_URL", postgres.url())
                .with("ERRAND_DB_USER", "errand");

        asadmin("create-domain", "--portbase=" + PORTS, "--domaindir=" + FOLDER, "errand");
        Files.copy(ErrandEar.jarOf(org.postgresql.Driver.class).toPath(), DOMAIN.resolve("lib/postgresql.jar"));
        Files.delete(DOMAIN.resolve("docroot/index.html"));
        importKey();
        asadmin("start-domain", "--domaindir=" + FOLDER, "errand");
        asadmin("multimode", "--file=production.asadmin");
        asadmin("create-file-user", "--groups=errand-admin", "admin");
        asadminAs("viewer", "create-file-user", "--groups=errand-viewer", "viewer");
        // with what takes effect at a start only
        asadmin("stop-domain", "--domaindir=" + FOLDER, "errand");
        asadmin("start-domain", "--domaindir=" + FOLDER, "errand");
        asadmin("deploy", System.getProperty("errand.it.ear"));
        shell.run(
                HOME.resolve("mq/bin/imqusermgr").toString(),
                "update",
                "-f",
                "-u",
                "admin",
                "-p",
                BROKER_PASSWORD,
                "-varhome",
                DOMAIN.resolve("imq").toString());
        // it listens before it serves
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> Rest.on(PORTS + 80).get("/health").status() == 200);
    }

    private static String passwords(String database, String user) {
        return """
                AS_ADMIN_PASSWORD=management-password
                AS_ADMIN_MASTERPASSWORD=%s
                AS_ADMIN_ALIASPASSWORD=%s
                AS_ADMIN_USERPASSWORD=%s
                """.formatted(MASTER_PASSWORD, database, user);
    }

    private static void importKey() {
        shell.run(
                Shell.jdk("keytool"),
                "-importkeystore",
                "-noprompt",
                "-srckeystore",
                FOLDER.resolve("errand.p12").toString(),
                "-srcstorepass",
                TLS_PASSWORD,
                "-destkeystore",
                DOMAIN.resolve("config/keystore.p12").toString(),
                "-deststorepass",
                MASTER_PASSWORD);
    }

    private static void asadmin(String command, String... arguments) {
        asadminAs("passwords", command, arguments);
    }

    private static void asadminAs(String passwords, String command, String... arguments) {
        shell.run(Stream.concat(
                        Stream.of(
                                HOME.resolve("bin/asadmin").toString(),
                                "--user=admin",
                                "--port=" + (PORTS + 48),
                                "--passwordfile=" + FOLDER.resolve(passwords),
                                command),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() throws IOException {
        asadmin("stop-domain", "--domaindir=" + FOLDER, "errand");
        Runtime.getRuntime().removeShutdownHook(END_WITH_JVM);
        postgres.close();
    }

    /** The domain is no child of ours. */
    private static void kill() {
        try {
            process().ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> process() throws IOException {
        Path pid = DOMAIN.resolve("config/pid");
        return Files.exists(pid)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pid).trim()))
                : Optional.empty();
    }

    ProductionPayaraIT() {
        super(PORTS + 80, PORTS + 81, PORTS + 48, PORTS + 86);
    }

    @Override
    PasswordPostgres postgres() {
        return postgres;
    }

    @Override
    Path keystore() {
        return FOLDER.resolve("errand.p12");
    }

    @Override
    Stream<String> accessLog() throws IOException {
        try (Stream<Path> files = Files.list(DOMAIN.resolve("logs/access"))) {
            return lines(files.sorted().reduce((first, last) -> last).orElse(DOMAIN));
        }
    }

    @Override
    String[] namesOfTheServer() {
        return new String[] {"payara", "glassfish", "grizzly"};
    }

    @Test
    void noPasswordIsInTheConfiguration() throws IOException {
        assertThat(Files.readString(DOMAIN.resolve("config/domain.xml")))
                .contains("jdbc/errand")
                .doesNotContain(PasswordPostgres.PASSWORD, MASTER_PASSWORD, "management-password");
    }

    @Test
    void allPortsButThatOfHttpsAreForThisMachineOnly() throws IOException {
        ProcessHandle server = process().orElseThrow();
        // management, HTTP, JMX, and the broker
        assertThat(Listening.onThisMachineOnly(server)).contains(PORTS + 48, PORTS + 80, PORTS + 86, BROKER);
        assertThat(Listening.forOthers(server)).containsExactly(PORTS + 81);
    }

    @Test
    void theBrokerHasAPasswordAndTakesNoMessagesFromOutsideOfTheServer() throws IOException {
        assertThat(imqcmd(BROKER_PASSWORD))
                .containsPattern("(?m)^jmsdirect .*RUNNING")
                .doesNotContainPattern("(?m)^jms .*RUNNING");
        assertThatThrownBy(() -> imqcmd("admin")).hasMessageContaining("Login failed");
    }

    private static String imqcmd(String password) throws IOException {
        Path file = Files.writeString(FOLDER.resolve("imqcmd"), "imq.imqcmd.password=" + password);
        return shell.run(
                HOME.resolve("mq/bin/imqcmd").toString(),
                "list",
                "svc",
                "-b",
                "localhost:" + BROKER,
                "-u",
                "admin",
                "-passfile",
                file.toString());
    }

    @Test
    void systemdTakesTheUnit() throws IOException {
        Systemd.verify(PAYARA.resolve("errand-payara.service"), "/opt/payara6/", HOME + "/", FOLDER);
    }
}
