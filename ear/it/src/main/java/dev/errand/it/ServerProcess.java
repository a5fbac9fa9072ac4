package dev.errand.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * A server for tests: the one that Arquillian deploys on ({@link ServerContainer}), one that is killed, two that share a
 * database. Which server it is, the system property "errand.it.server" says.
 *
 * <p>Its folder is target/server-it/NAME with {@code base} (the server's) and {@code data} (users, H2 file, archive), its
 * HTTP port 8080 + offset; each test class has an offset of its own, for two may run at a time. Ends nothing but the process it started, and that one with the test's JVM at the latest.
 */
abstract class ServerProcess implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(5);
    /** Longer than a slow machine takes, for it is there to find one that hangs. */
    private static final Duration STOP = Duration.ofMinutes(3);
    /** So many tasks a node runs at once. */
    static final int SESSIONS = 16;
    /** So long a thread waits for a connection where there are few: else half a minute, in which nothing happens. */
    static final int PATIENCE_MILLIS = 2_000;
    /** Of the log: a server gone wild writes gigabytes. */
    private static final int LOG_TAIL = 1_000_000;

    /** What "errand.it.dispatch" says: jms, or threads on servers that have a broker. */
    private static final String DISPATCH = System.getProperty("errand.it.dispatch", "jms");

    final Path base;
    private final Path data;
    private final int offset;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private int heapMegabytes = 1024;
    private String java = System.getProperty("errand.it.java");
    private final Thread endWithJvm = new Thread(this::kill, "end-server");
    private Process process;

    /** A fresh server (what an earlier one of this name left is deleted), with nothing deployed; not started. */
    static ServerProcess fresh(String name, int offset) {
        String server = System.getProperty("errand.it.server", "wildfly");
        return switch (server) {
            case "wildfly" -> new WildFlyProcess(name, offset);
            case "payara" -> new PayaraProcess(name, offset);
            case "openliberty" -> new LibertyProcess(name, offset);
            case "glassfish" -> new GlassFishProcess(name, offset);
            default ->
                throw new IllegalArgumentException(
                        "errand.it.server is " + server + "; allowed: wildfly, payara, openliberty, glassfish");
        };
    }

    ServerProcess(String name, int offset) {
        Path folder = Path.of(System.getProperty("errand.it.servers"), name);
        this.base = folder.resolve("base");
        this.data = folder.resolve("data");
        this.offset = offset;
        if (DISPATCH.equals("threads")) {
            options.add("-Derrand.dispatch=threads");
        }
        try {
            delete(folder);
            copy(Path.of(System.getProperty("errand.it.users")), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /** The command line of a server that stays in the foreground, without a shell or a launcher between it and us. */
    abstract List<String> command() throws IOException;

    /** The file with the server's configuration. */
    abstract Path configuration();

    abstract DeploymentFolder deployments();

    abstract Path logFile();

    /** To call before {@link #start()}; replaces what is deployed. */
    ServerProcess deploy(ErrandEar ear) {
        ear.writeTo(deployments().path());
        return this;
    }

    /**
     * Deploys on the running server.
     *
     * @return what the server says, if it refuses it
     */
    Optional<String> deployNow(Archive<?> ear) {
        String name = ear.getName();
        try {
            long logged = Files.exists(logFile()) ? Files.size(logFile()) : 0;
            Path file = base.resolve(name);
            ear.as(ZipExporter.class).exportTo(file.toFile(), true);
            deployments().offer(file);
            await(() -> deployments().hasDeployed(name) || deployments().hasRefused(name));
            return deployments().hasDeployed(name)
                    ? Optional.empty()
                    : Optional.of(deployments().takeRefused(name) + log(logged));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void undeployNow(String ear) {
        try {
            deployments().remove(ear);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(() -> deployments().hasRemoved(ear));
        deployments().forget(ear);
    }

    private void await(BooleanSupplier fact) {
        Awaitility.await().atMost(BOOT).until(() -> !isAlive() || fact.getAsBoolean());
        if (!isAlive()) {
            throw new AssertionError("The server ended with " + process.exitValue() + ":\n" + log());
        }
    }

    boolean hasFailedDeployment() {
        return deployments().hasRefused("errand.ear");
    }

    /** To call before {@link #start()}: the JDK to run on, in place of "errand.it.java". */
    ServerProcess on(String javaHome) {
        java = javaHome;
        return this;
    }

    String java() {
        return java;
    }

    /** To call before {@link #start()}: people who may log in to the server's management; what they look at is counted. */
    ServerProcess withAdministrators() {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** An administrator at the management interface of this server, which runs. */
    Admin admin() {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** The JMS broker of this server, which runs. */
    Broker broker() {
        throw new UnsupportedOperationException("BrokerIT does not run on this server");
    }

    /** To call before {@link #start()}: a system property of the server. */
    ServerProcess with(String key, String value) {
        options.add("-D" + key + "=" + value);
        return this;
    }

    /** To call before {@link #start()}: the most memory that the heap may take. */
    ServerProcess withHeap(int megabytes) {
        heapMegabytes = megabytes;
        return this;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    /** To call before {@link #start()}: a variable of the server's environment. */
    ServerProcess withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** To call before {@link #start()}: replaces a text in the server's configuration. */
    ServerProcess configure(String text, String replacement) {
        replace(configuration(), text, replacement);
        return this;
    }

    /**
     * To call before {@link #start()}: a datasource of the server that is not its default one and finds dead connections, and
     * errand.datasource naming it.
     */
    ServerProcess onDatabase(Class<? extends Driver> driver, String url, String user, String password) {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** To call before {@link #start()}: so few connections has the datasource of {@link #onDatabase}, and nobody waits long for one. */
    ServerProcess withConnections(int most) {
        throw new UnsupportedOperationException("This server has a script of its own that sets it up");
    }

    /** Starts, and returns when the application answers. */
    ServerProcess start() {
        startWithoutWaiting();
        awaitHealth();
        return this;
    }

    ServerProcess startWithoutWaiting() {
        if (isAlive()) {
            throw new IllegalStateException("It runs already");
        }
        Listening.requireFree(port());
        try {
            // the output is the server's console; the log file, which is bounded, has the same
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            process = builder.start();
            // nobody types anything; one of the servers waits until that is sure
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    void awaitHealth() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest health = HttpRequest.newBuilder(URI.create(url() + "api/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + BOOT.toNanos();
        while (System.nanoTime() < end) {
            if (!isAlive()) {
                throw new AssertionError("The server ended with " + process.exitValue() + ":\n" + log());
            }
            if (hasFailedDeployment()) {
                throw new AssertionError("The deployment failed:\n" + log());
            }
            try {
                if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                Thread.sleep(100);
            } catch (IOException e) {
                sleep();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted", e);
            }
        }
        throw new AssertionError("Not healthy within " + BOOT + ":\n" + log());
    }

    /** As kill -9: nothing in the server gets to run any more. */
    void kill() {
        end(Process::destroyForcibly);
    }

    /** As Ctrl-C: the server shuts down in good order. */
    void stop() {
        end(Process::destroy);
    }

    /** Such as STOP, after which it stands still, and CONT. */
    void signal(String name) {
        new Shell(data).run("/bin/kill", "-" + name, Long.toString(process.pid()));
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(endWithJvm);
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Process process() {
        return process;
    }

    String name() {
        return base.getParent().getFileName().toString();
    }

    /** Where the application is: the same on every server. */
    String url() {
        return "http://localhost:" + port() + "/tasks/";
    }

    int port() {
        return 8080 + offset;
    }

    int offset() {
        return offset;
    }

    Rest rest() {
        return Rest.on(port());
    }

    /** The folder with the users, the H2 file and the archive. */
    Path data() {
        return data;
    }

    /** The system properties that {@link #with} has set, and those that every test server has. */
    List<String> systemProperties() {
        List<String> all = new ArrayList<>(List.of("-Derrand-data=" + data));
        all.addAll(options);
        return all;
    }

    /** The end of the log, at most a megabyte. */
    String log() {
        return log(0);
    }

    private String log(long from) {
        try (RandomAccessFile file = new RandomAccessFile(logFile().toFile(), "r")) {
            long start = Math.max(Math.min(from, file.length()), file.length() - LOG_TAIL);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private void end(Consumer<Process> how) {
        if (!isAlive()) {
            return;
        }
        how.accept(process);
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                String threads = new Shell(base).run(Shell.jdk("jstack"), Long.toString(process.pid()));
                process.destroyForcibly().waitFor();
                throw new AssertionError("Did not end within " + STOP + ":\n" + log() + "\n" + threads);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static Path home(String property) {
        return Path.of(System.getProperty(property)).normalize();
    }

    static void replace(Path file, String text, String replacement) {
        try {
            String before = Files.readString(file);
            if (!before.contains(text)) {
                throw new AssertionError("Not in " + file + ": " + text);
            }
            Files.writeString(file, before.replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
