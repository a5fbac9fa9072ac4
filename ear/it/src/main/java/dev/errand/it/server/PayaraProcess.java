package dev.errand.it.server;

import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/** A Payara, set up by the same stylesheet as the one that people run; or its kin. */
class PayaraProcess extends ServerProcess {
    private final Path home;
    private final String main;
    /** The same for each start, and seconds of work for asadmin. */
    private List<String> launch = List.of();

    PayaraProcess(String name, int offset) {
        this(name, offset, Folders.home("errand.it.payara"), "payara", "com.sun.enterprise.glassfish.bootstrap.ASMain");
    }

    /** @param setUp the folder with the stylesheet, {@code main} the class that "asadmin start-domain" runs */
    PayaraProcess(String name, int offset, Path home, String setUp, String main) {
        super(name, offset);
        this.home = home;
        this.main = main;
        Path domain = home.resolve("glassfish/domains/domain1");
        try {
            Folders.copy(domain, base);
            Files.createDirectories(deployments().path());
            Path stylesheet = Folders.home("errand.it.scripts").resolve(setUp).resolve("domain.xsl");
            Transformer transformer =
                    TransformerFactory.newInstance().newTransformer(new StreamSource(stylesheet.toFile()));
            transformer.setParameter("offset", offset());
            transformer.transform(
                    new StreamSource(domain.resolve("config/domain.xml").toFile()),
                    new StreamResult(configuration().toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ServerProcess deploy(ErrandEar ear) {
        try {
            forgetDeployed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return super.deploy(ear);
    }

    @Override
    public ServerProcess withAdministrators() {
        try {
            Folders.copy(data().resolve("admin-keyfile"), base.resolve("config/admin-keyfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // the broker would look for expired messages once per minute
        return configure(
                        "</jms-service>",
                        "<property name=\"imq.message.expiration.interval\" value=\"5\"/></jms-service>")
                .configure(
                        "<mdb-container ",
                        "<monitoring-service><module-monitoring-levels ejb-container=\"HIGH\" jdbc-connection-pool=\"HIGH\"/>"
                                + "</monitoring-service><mdb-container ");
    }

    @Override
    public Admin admin() {
        return new PayaraAdmin(this);
    }

    @Override
    public Broker broker() {
        return new PayaraBroker(this);
    }

    /** Otherwise the next start deploys the old one first, and reports success. */
    private void forgetDeployed() throws IOException {
        for (Path left : List.of(deployments().path(), base.resolve("applications"), base.resolve("generated"))) {
            Folders.delete(left);
        }
        Files.createDirectories(deployments().path());
        String xml = Files.readString(configuration());
        Files.writeString(
                configuration(),
                xml.replaceAll("(?s)<applications>.*</applications>", "")
                        .replaceAll("<application-ref [^>]*>(\\s*</application-ref>)?", ""));
    }

    @Override
    public ServerProcess onDatabase(Class<? extends Driver> driver, String url, String user, String password) {
        try {
            Path jar = ErrandEar.jarOf(driver).toPath();
            Files.createDirectories(base.resolve("lib"));
            Files.copy(jar, base.resolve("lib").resolve(jar.getFileName()));
            Files.writeString(base.resolve("config/logging.properties"), quietPool(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("</resources>", """
                <jdbc-connection-pool name="ItPool" driver-classname="%s" res-type="java.sql.Driver" steady-pool-size="4" max-pool-size="40"
                                      transaction-isolation-level="read-committed" is-connection-validation-required="true"
                                      connection-validation-method="custom-validation"
                                      validation-classname="org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation">
                    <property name="URL" value="%s"/>
                    <property name="user" value="%s"/>
                    <property name="password" value="%s"/>
                </jdbc-connection-pool>
                <jdbc-resource pool-name="ItPool" jndi-name="jdbc/It"/>
                </resources>
                """.formatted(driver.getName(), url, user, password));
        configure("</server>", "<resource-ref ref=\"jdbc/It\"/></server>");
        with("errand.datasource", "jdbc/It");
        return this;
    }

    @Override
    public ServerProcess withConnections(int most) {
        return configure(
                "max-pool-size=\"40\"",
                "max-pool-size=\"" + most + "\" max-wait-time-in-millis=\"" + PATIENCE_MILLIS + "\"");
    }

    /** Returns the log levels of production.asadmin. */
    private static String quietPool() throws IOException {
        String command = "set-log-levels ";
        return Files.readAllLines(Folders.home("errand.it.scripts").resolve("payara/production.asadmin")).stream()
                .filter(line -> line.startsWith(command))
                .flatMap(line -> Stream.of(line.substring(command.length()).split(":")))
                .map(level -> level.replace("=", ".level="))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** Returns the command that "asadmin start-domain" would start. asadmin itself would leave a process that the test has to find. */
    @Override
    List<String> command() throws IOException {
        if (launch.isEmpty()) {
            launch = launch();
        }
        List<String> command = new ArrayList<>(launch);
        // before the main class, where the last one of a kind counts
        command.addAll(command.indexOf(main), java().jvm());
        command.addAll(command.indexOf(main), java().properties());
        return command;
    }

    private List<String> launch() throws IOException {
        ProcessBuilder asadmin = new ProcessBuilder(
                home.resolve("bin/asadmin").toString(),
                "start-domain",
                "--dry-run",
                "--domaindir",
                base.getParent().toString(),
                base.getFileName().toString());
        asadmin.environment().put("AS_JAVA", java().home());
        Process dryRun = asadmin.redirectErrorStream(true).start();
        String output = new String(dryRun.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> command = output.lines()
                .dropWhile(line -> !line.endsWith("/bin/java"))
                .takeWhile(line -> !line.isBlank())
                .toList();
        if (!command.contains(main)) {
            throw new AssertionError("No command line in the dry run:\n" + output);
        }
        return command;
    }

    @Override
    Path configuration() {
        return base.resolve("config/domain.xml");
    }

    @Override
    public DeploymentFolder deployments() {
        return DeploymentFolder.payara(base.resolve("autodeploy"));
    }

    @Override
    public Path logFile() {
        return base.resolve("logs/server.log");
    }
}
