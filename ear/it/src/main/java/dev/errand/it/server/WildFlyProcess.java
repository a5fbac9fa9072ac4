package dev.errand.it.server;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly, set up as "wildfly:run" does it. */
public final class WildFlyProcess extends ServerProcess {
    private static final String FULL = "standalone-full.xml";
    private static final String WEB = "standalone.xml";

    private final Path home;
    private final String configuration;

    public WildFlyProcess(String name, int offset) {
        this(name, offset, Folders.home("errand.it.wildfly"), FULL);
    }

    /** A WildFly without a broker, as the download has it, apart from the limit for bodies; users and tasks are where those of other test servers are. */
    public static WildFlyProcess withoutBroker(String name, int offset) {
        return withoutBroker(name, offset, Folders.home("errand.it.wildfly"));
    }

    /** A WildFly Preview, which has no broker in any configuration, with our H2 in place of its own. */
    static WildFlyProcess preview(String name, int offset) {
        WildFlyProcess server = withoutBroker(name, offset, Folders.home("errand.it.wildfly-preview"));
        Path module = server.modules().resolve("com/h2database/h2/main");
        try {
            Files.createDirectories(module);
            Folders.copy(Folders.home("errand.it.scripts").resolve("wildfly/modules/com/h2database/h2/main"), module);
            Files.copy(ErrandEar.jarOf(org.h2.Driver.class).toPath(), module.resolve("errand-h2.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server;
    }

    private static WildFlyProcess withoutBroker(String name, int offset, Path home) {
        WildFlyProcess server = new WildFlyProcess(name, offset, home, WEB);
        server.configure(
                        "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=${wildfly.h2.compatibility.mode:REGULAR}",
                        "jdbc:h2:async:${errand-data}/errand;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE;DB_CLOSE_ON_EXIT=FALSE")
                .configure("<http-listener name=\"default\"", "<http-listener name=\"default\" max-post-size=\"0\"")
                .configure("<driver>h2</driver>", "<driver>h2</driver><pool><max-pool-size>40</max-pool-size></pool>")
                .configure(
                        "path=\"application-users.properties\" relative-to=\"jboss.server.config.dir\"",
                        "path=\"${errand-data}/application-users.properties\"")
                .configure(
                        "path=\"application-roles.properties\" relative-to=\"jboss.server.config.dir\"",
                        "path=\"${errand-data}/application-roles.properties\"");
        return server;
    }

    private WildFlyProcess(String name, int offset, Path home, String configuration) {
        super(name, offset);
        this.home = home;
        this.configuration = configuration;
        try {
            Folders.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
            Files.createDirectories(deployments().path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("scan-interval=\"5000\"", "scan-interval=\"500\"");
    }

    /** To call before {@link #start()}: runs one of our scripts, as an administrator does. */
    public WildFlyProcess setUp(String script, Path properties) {
        new Shell(Folders.home("errand.it.scripts").resolve("wildfly"))
                .with("JAVA_OPTS", "-Djboss.server.base.dir=" + base)
                .run(
                        "sh",
                        home.resolve("bin/jboss-cli.sh").toString(),
                        "--file=" + script,
                        "--properties=" + properties,
                        "--resolve-parameter-values");
        return this;
    }

    @Override
    public ServerProcess withAdministrators() {
        try {
            Folders.copy(data().resolve("mgmt-users.properties"), base.resolve("configuration/mgmt-users.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the broker would look for expired messages twice per minute
        return configure("<server name=\"default\">", "<server name=\"default\"><message-expiry scan-period=\"5000\"/>")
                .configure("<access-control provider=\"simple\">", "<access-control provider=\"rbac\">")
                .configure("<user name=\"$local\"/>", "<user name=\"$local\"/><user name=\"boss\"/>")
                .configure(
                        "</role-mapping>",
                        "<role name=\"Monitor\"><include><user name=\"watcher\"/></include></role></role-mapping>");
    }

    @Override
    public Admin admin() {
        return new WildFlyAdmin(this);
    }

    @Override
    public Broker broker() {
        return new WildFlyBroker(this);
    }

    @Override
    public ServerProcess onDatabase(Class<? extends Driver> driver, String url, String user, String password) {
        Path module = modules().resolve("it/jdbc/main");
        try {
            Files.createDirectories(module);
            Files.copy(ErrandEar.jarOf(driver).toPath(), module.resolve("driver.jar"));
            Files.writeString(module.resolve("module.xml"), """
                    <module xmlns="urn:jboss:module:1.9" name="it.jdbc">
                        <resources><resource-root path="driver.jar"/></resources>
                        <dependencies><module name="java.se"/><module name="jakarta.transaction.api"/></dependencies>
                    </module>
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("<drivers>", "<drivers><driver name=\"it\" module=\"it.jdbc\"/>");
        configure("<datasources>", """
                <datasources><datasource jndi-name="java:jboss/datasources/ItDS" pool-name="ItDS">
                    <connection-url>%s</connection-url>
                    <driver>it</driver>
                    <transaction-isolation>TRANSACTION_READ_COMMITTED</transaction-isolation>
                    <pool><max-pool-size>40</max-pool-size></pool>
                    <security user-name="%s" password="%s"/>
                    <validation>
                        <valid-connection-checker class-name="org.jboss.jca.adapters.jdbc.extensions.novendor.JDBC4ValidConnectionChecker"/>
                        <validate-on-match>true</validate-on-match>
                    </validation>
                </datasource>
                """.formatted(url, user, password));
        with("errand.datasource", "java:jboss/datasources/ItDS");
        return this;
    }

    @Override
    public ServerProcess withConnections(int most) {
        return configure("<max-pool-size>40<", "<max-pool-size>" + most + "<")
                .configure(
                        "</datasource>",
                        "<timeout><blocking-timeout-millis>" + PATIENCE_MILLIS
                                + "</blocking-timeout-millis></timeout></datasource>");
    }

    private Path modules() {
        return base.resolve("modules");
    }

    @Override
    List<String> command() {
        // the launcher knows the options that WildFly's modules need of each JDK
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(home);
        if (Files.exists(modules())) {
            command.addModuleDir(modules().toString());
        }
        return command.setJavaHome(java().home())
                .setBaseDirectory(base)
                .setServerConfiguration(configuration)
                .setJavaOptions(java().jvm())
                .addServerArguments(
                        "-Djboss.socket.binding.port-offset=" + offset(),
                        "-Djboss.node.name=" + name(),
                        "-Djboss.tx.node.id=" + name(),
                        // otherwise a refused application stays there in part, and keeps the names that the next one
                        // needs
                        "-Djboss.deployment.scanner.rollback.on.failure=true")
                .addServerArguments(java().properties())
                .build();
    }

    @Override
    Path configuration() {
        return base.resolve("configuration").resolve(configuration);
    }

    @Override
    public DeploymentFolder deployments() {
        return DeploymentFolder.wildfly(base.resolve("deployments"));
    }

    @Override
    public Path logFile() {
        return base.resolve("log/server.log");
    }
}
