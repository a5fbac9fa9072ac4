package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A stock WildFly that docs/operations.md, "A production server", has set up on PostgreSQL. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the steps are those of a Linux server")
class ProductionWildFlyIT extends ProductionContract {
    private static final int OFFSET = 4000;
    private static final String STORE_PASSWORD = "store-password";
    private static final Path WILDFLY = SCRIPTS.resolve("wildfly");

    private static PasswordPostgres postgres;
    private static StockWildFly server;
    private static String setUpOnce;
    private static String setUpTwice;

    @BeforeAll
    static void start() throws Exception {
        postgres = new PasswordPostgres();
        server = new StockWildFly("production-wildfly", OFFSET);
        Path folder = server.data();
        Path keystore = folder.resolve("errand.p12");
        Tls.makeKey(keystore, TLS_PASSWORD);
        Path properties = Files.writeString(folder.resolve("production.properties"), properties(keystore));

        Shell shell = new Shell(WILDFLY)
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
        String text = Files.readString(WILDFLY.resolve("production.properties"));
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

    ProductionWildFlyIT() {
        super(8080 + OFFSET, 8443 + OFFSET, 9990 + OFFSET);
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
}
