package dev.errand.it.server;

import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A server for tests: the one that Arquillian deploys on ({@link ServerContainer}), one that is killed, two that share a
 * database. Which server it is, the system property "errand.it.server" says.
 *
 * <p>Its folder is target/server-it/NAME with {@code base} (the server's) and {@code data} (users, H2 file, archive), its
 * HTTP port 8080 + offset; each test class has an offset of its own ({@link Ports}). Ends nothing but the process it started, and
 * that one with the test's JVM at the latest.
 */
public abstract class ServerProcess implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(5);
    /** The number of tasks that a node runs at once. */
    public static final int SESSIONS = 16;
    /** The time for which a thread waits for a connection where there are few. The default is half a minute, in which no work is done. */
    static final int PATIENCE_MILLIS = 2_000;

    public final Path base;
    private final Path data;
    private final int offset;
    private final JavaOptions java;
    private final OwnProcess process;

    /** A fresh server (what an earlier one of this name left is deleted), with nothing deployed; not started. */
    public static ServerProcess fresh(String name, int offset) {
        String server = System.getProperty("errand.it.server", "wildfly");
        return switch (server) {
            case "wildfly" -> new WildFlyProcess(name, offset);
            case "payara" -> new PayaraProcess(name, offset);
            case "openliberty" -> new LibertyProcess(name, offset);
            case "glassfish" -> new GlassFishProcess(name, offset);
            case "wildfly-preview" -> WildFlyProcess.preview(name, offset);
            case "payara-micro" -> new MicroProcess(name, offset);
            default ->
                throw new IllegalArgumentException("errand.it.server is " + server
                        + "; allowed: wildfly, payara, openliberty, glassfish, wildfly-preview, payara-micro");
        };
    }

    ServerProcess(String name, int offset) {
        Path folder = Path.of(System.getProperty("errand.it.servers"), name);
        this.base = folder.resolve("base");
        this.data = folder.resolve("data");
        this.offset = offset;
        this.java = new JavaOptions(data);
        try {
            Folders.delete(folder);
            Folders.copy(Path.of(System.getProperty("errand.it.users")), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = new OwnProcess(data);
    }

    /** The command line of a server that stays in the foreground, without a shell or a launcher between it and us. */
    abstract List<String> command() throws IOException;

    /** The file with the server's configuration. */
    abstract Path configuration();

    public abstract DeploymentFolder deployments();

    public abstract Path logFile();

    /** To call before {@link #start()}; replaces what is deployed. */
    public ServerProcess deploy(ErrandEar ear) {
        ear.writeTo(deployments().path());
        return this;
    }

    /**
     * Deploys on the running server.
     *
     * @return what the server says, if it refuses it
     */
    public Optional<String> deployNow(Archive<?> ear) {
        Path file = base.resolve(ear.getName());
        ear.as(ZipExporter.class).exportTo(file.toFile(), true);
        return offer(file);
    }

    /** As {@link #deployNow(Archive)}, with a file. */
    public Optional<String> deployNow(Path archive) {
        try {
            return offer(Files.copy(archive, base.resolve(archive.getFileName()), StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> offer(Path file) {
        String name = file.getFileName().toString();
        try {
            long logged = LogTail.size(logFile());
            deployments().offer(file);
            await(() -> deployments().hasDeployed(name) || deployments().hasRefused(name));
            return deployments().hasDeployed(name)
                    ? Optional.empty()
                    : Optional.of(deployments().takeRefused(name) + LogTail.read(logFile(), logged));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes an application, and returns when the server has. */
    public void undeployNow(String ear) {
        try {
            deployments().remove(ear);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(() -> deployments().hasRemoved(ear));
        deployments().forget(ear);
    }

    /** Returns how many classes of this name the server's heap has: one for each application that can still be reached. */
    public long classesNamed(String name) {
        String histogram =
                new Shell(base).run(Shell.jdk("jcmd"), Long.toString(process().pid()), "GC.class_histogram");
        return histogram
                .lines()
                .filter(line -> line.matches(".* " + Pattern.quote(name) + "(?: .*)?"))
                .count();
    }

    private void await(Callable<Boolean> fact) {
        Awaitility.await().atMost(BOOT).until(() -> {
            requireAlive();
            return fact.call();
        });
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new AssertionError("The server ended with " + process().exitValue() + ":\n" + log());
        }
    }

    public boolean hasFailedDeployment() {
        return deployments().hasRefused("errand.ear");
    }

    /** To call before {@link #start()}: the JDK to run on, in place of "errand.it.java". */
    public ServerProcess on(String javaHome) {
        java.home(javaHome);
        return this;
    }

    JavaOptions java() {
        return java;
    }

    /** To call before {@link #start()}: users who may log in to the management of the server; the figures that they read are collected. */
    public ServerProcess withAdministrators() {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** An administrator at the management interface of this server, which runs. */
    public Admin admin() {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** The JMS broker of this server, which runs. */
    public Broker broker() {
        throw new UnsupportedOperationException("BrokerIT does not run on this server");
    }

    /** To call before {@link #start()}: a system property of the server. */
    public ServerProcess with(String key, String value) {
        java.property(key, value);
        return this;
    }

    /** To call before {@link #start()}: the most memory that the heap may take. */
    public ServerProcess withHeap(int megabytes) {
        java.heap(megabytes);
        return this;
    }

    /** To call before {@link #start()}: a variable of the server's environment. */
    public ServerProcess withVariable(String name, String value) {
        java.variable(name, value);
        return this;
    }

    /** To call before {@link #start()}: replaces a text in the server's configuration. */
    public ServerProcess configure(String text, String replacement) {
        Folders.replace(configuration(), text, replacement);
        return this;
    }

    /**
     * To call before {@link #start()}: a datasource of the server that is not its default one and finds dead connections, and
     * errand.datasource naming it.
     */
    public ServerProcess onDatabase(Class<? extends Driver> driver, String url, String user, String password) {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** To call before {@link #start()}: limits the connections of the datasource of {@link #onDatabase}, and the wait for one. */
    public ServerProcess withConnections(int most) {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** Starts, and returns when the application answers. */
    public ServerProcess start() {
        startWithoutWaiting();
        awaitHealth();
        return this;
    }

    /** Starts, and returns at once. */
    public ServerProcess startWithoutWaiting() {
        Listening.requireFree(port());
        try {
            ProcessBuilder builder = new ProcessBuilder(command());
            builder.environment().putAll(java.environment());
            process.start(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /**
     * Returns when the application answers.
     *
     * @throws AssertionError with the log, if the server ends, refuses the application or does not answer in time
     */
    public void awaitHealth() {
        HealthCheck health = new HealthCheck(url());
        try {
            await(() -> {
                if (hasFailedDeployment()) {
                    throw new AssertionError("The deployment failed:\n" + log());
                }
                return health.isHealthy();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not healthy within " + BOOT + ":\n" + log(), e);
        }
    }

    /** Ends the server as kill -9 does: no code of it runs after this. */
    public void kill() {
        process.kill();
    }

    /** Ends the server as Ctrl-C does, in good order. */
    public void stop() {
        process.stop();
    }

    /** Sends a signal, such as STOP, after which the server stands still, and CONT. */
    public void signal(String name) {
        process.signal(name);
    }

    /** Kills the server, which is not needed any more: a stop takes seconds. */
    @Override
    public void close() {
        process.close();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Process process() {
        return process.process();
    }

    public String name() {
        return base.getParent().getFileName().toString();
    }

    /** Where the application is: the same on every server. */
    public String url() {
        return "http://localhost:" + port() + "/tasks/";
    }

    public int port() {
        return Ports.http(offset);
    }

    /** Returns what is added to the server's own ports. */
    int offset() {
        return Ports.of(offset);
    }

    public Rest rest() {
        return Rest.on(port());
    }

    /** The folder with the users, the H2 file and the archive. */
    public Path data() {
        return data;
    }

    /** The end of the log, at most a megabyte. */
    public String log() {
        return LogTail.read(logFile(), 0);
    }
}
