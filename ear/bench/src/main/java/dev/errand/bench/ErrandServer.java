package dev.errand.bench;

import dev.errand.bench.app.BenchServlet;
import dev.errand.bench.app.ErrandDesk;
import dev.errand.bench.app.ErrandQueue;
import dev.errand.bench.app.NoopTask;
import dev.errand.bench.app.Row0Task;
import dev.errand.bench.app.Row100Task;
import dev.errand.bench.app.Row10Task;
import dev.errand.bench.app.Row1Task;
import dev.errand.bench.app.RowWork;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly with the real EAR and a small application in it, as the container tests start it. */
public final class ErrandServer implements AutoCloseable {
    private final ServerProcess server;

    /**
     * Starts it.
     *
     * @param offset added to all ports
     * @param settings pairs of key and value, system properties of the server
     */
    public ErrandServer(String name, int offset, String databaseUrl, String... settings) {
        server = ServerProcess.fresh(name, offset)
                .onDatabase(org.postgresql.Driver.class, databaseUrl, "postgres", "any");
        for (int i = 0; i < settings.length; i += 2) {
            server.with(settings[i], settings[i + 1]);
        }
        // as in production: no scan for new deployments twice per second, and no check of a connection before each
        // use
        server.configure("scan-interval=\"500\"", "scan-interval=\"5000\"");
        server.configure(
                "<validate-on-match>true</validate-on-match>",
                "<validate-on-match>false</validate-on-match><background-validation>true</background-validation>"
                        + "<background-validation-millis>10000</background-validation-millis>");
        ErrandEar ear = ErrandEar.built()
                .withEjbs(
                        "bench.jar",
                        NoopTask.class,
                        RowWork.class,
                        Row0Task.class,
                        Row1Task.class,
                        Row10Task.class,
                        Row100Task.class,
                        ErrandDesk.class,
                        ErrandQueue.class)
                .withWar(
                        ShrinkWrap.create(WebArchive.class, "bench.war")
                                .addClass(BenchServlet.class)
                                .addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml"),
                        "/bench");
        ear.archive()
                .addAsLibrary(
                        ShrinkWrap.create(JavaArchive.class, "workloads.jar").addClasses(Workloads.inTheServer()));
        server.deploy(ear).start();
    }

    public long pid() {
        return server.process().pid();
    }

    /** How long the deployment took, and how big the EAR is as it is built. */
    public Map<String, Double> onStart() {
        String log = server.log();
        try {
            return Map.of(
                    "deployment s",
                    Duration.between(at(log, "WFLYSRV0027"), at(log, "WFLYSRV0010"))
                                    .toMillis()
                            / 1000.0,
                    "EAR MB",
                    Files.size(ErrandEar.file()) / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The time of day of the message with this number. */
    private static LocalTime at(String log, String number) {
        return log.lines()
                .filter(line -> line.contains(number) && line.contains("errand.ear"))
                .map(line -> LocalTime.parse(line.replaceFirst("^.*?(\\d\\d:\\d\\d:\\d\\d,\\d+).*", "$1")
                        .replace(',', '.')))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + number + " in the log"));
    }

    public String url() {
        return "http://localhost:" + server.port() + "/bench/";
    }

    @Override
    public void close() {
        server.close();
    }
}
