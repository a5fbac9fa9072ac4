package dev.errand.it;

import org.jboss.shrinkwrap.api.ShrinkWrap;
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
        // as in production: nobody looks for new deployments twice a second, and a connection is not asked before each use
        server.configure("scan-interval=\"500\"", "scan-interval=\"5000\"");
        server.configure(
                "<validate-on-match>true</validate-on-match>",
                "<validate-on-match>false</validate-on-match><background-validation>true</background-validation>"
                        + "<background-validation-millis>10000</background-validation-millis>");
        ErrandEar ear = ErrandEar.built()
                .withEjbs("bench.jar", dev.errand.bench.app.NoopTask.class, dev.errand.bench.app.ErrandQueue.class)
                .withWar(
                        ShrinkWrap.create(WebArchive.class, "bench.war")
                                .addClass(dev.errand.bench.app.BenchServlet.class),
                        "/bench");
        ear.archive()
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "workloads.jar")
                        .addClasses(
                                dev.errand.bench.Handled.class,
                                dev.errand.bench.TaskQueue.class,
                                dev.errand.bench.Workloads.class));
        server.deploy(ear).start();
    }

    public long pid() {
        return server.process().pid();
    }

    public String url() {
        return "http://localhost:" + server.port() + "/bench/";
    }

    @Override
    public void close() {
        server.close();
    }
}
