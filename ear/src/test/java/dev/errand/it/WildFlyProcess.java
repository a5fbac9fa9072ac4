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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * A WildFly of its own, for tests that Arquillian's is no good for: one that is killed, or two that share a database.
 *
 * <p>Its folder is target/server-it/NAME with {@code base} (the server's) and {@code data} (users, H2 file, archive), its
 * HTTP port 8080 + offset. Ends nothing but the process it started, and that one with the test's JVM at the latest.
 */
final class WildFlyProcess implements AutoCloseable {
    private static final Duration BOOT = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(1);
    /** Of the log: a server gone wild writes gigabytes. */
    private static final int LOG_TAIL = 1_000_000;

    private final Path base;
    private final Path data;
    private final int offset;
    private final List<String> options = new ArrayList<>();
    private final Thread endWithJvm = new Thread(this::kill, "end-wildfly");
    private Process process;

    /** A fresh server (what an earlier one of this name left is deleted), with nothing deployed; not started. */
    WildFlyProcess(String name, int offset) {
        Path folder = Path.of(System.getProperty("errand.it.servers"), name);
        this.base = folder.resolve("base");
        this.data = folder.resolve("data");
        this.offset = offset;
        try {
            delete(folder);
            Path standalone = wildfly().resolve("standalone");
            copy(standalone.resolve("configuration"), base.resolve("configuration"));
            Files.createDirectories(base.resolve("deployments"));
            copy(Path.of(System.getProperty("errand.it.users")), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /** To call before {@link #start()}: a system property of the server. */
    WildFlyProcess with(String key, String value) {
        options.add("-D" + key + "=" + value);
        return this;
    }

    /** To call before {@link #start()}. */
    WildFlyProcess deploy(ErrandEar ear) {
        ear.writeTo(base.resolve("deployments"));
        return this;
    }

    /** To call before {@link #start()}: replaces a text in the server's configuration. */
    WildFlyProcess configure(String text, String replacement) {
        Path file = base.resolve("configuration/standalone-full.xml");
        try {
            String before = Files.readString(file);
            if (!before.contains(text)) {
                throw new AssertionError("Not in " + file + ": " + text);
            }
            Files.writeString(file, before.replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Starts, and returns when the application answers. */
    WildFlyProcess start() {
        startWithoutWaiting();
        awaitHealth();
        return this;
    }

    WildFlyProcess startWithoutWaiting() {
        if (isAlive()) {
            throw new IllegalStateException("It runs already");
        }
        String name = base.getParent().getFileName().toString();
        // the launcher knows the options that WildFly's modules need of each JDK
        List<String> command = StandaloneCommandBuilder.of(wildfly())
                .setJavaHome(System.getProperty("errand.it.java"))
                .setBaseDirectory(base)
                .setServerConfiguration("standalone-full.xml")
                .setJavaOptions("-Xmx1g")
                .addServerArguments(
                        "-Djboss.socket.binding.port-offset=" + offset,
                        "-Djboss.node.name=" + name,
                        "-Djboss.tx.node.id=" + name,
                        "-Derrand-data=" + data,
                        "-Derrand.url=" + url())
                .addServerArguments(options)
                .build();
        try {
            // the output is the server's console; the log file, which is bounded, has the same
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    void awaitHealth() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create(url() + "api/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + BOOT.toNanos();
        while (System.nanoTime() < end) {
            if (!isAlive()) {
                throw new AssertionError("WildFly ended with " + process.exitValue() + ":\n" + log());
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

    /** The deployment scanner leaves a file beside an EAR that it could not deploy. */
    private boolean hasFailedDeployment() {
        String[] failed = base.resolve("deployments").toFile().list((folder, name) -> name.endsWith(".failed"));
        return failed != null && failed.length > 0;
    }

    /** As kill -9: nothing in the server gets to run any more. */
    void kill() {
        end(Process::destroyForcibly);
    }

    /** As Ctrl-C: the server shuts down in good order. */
    void stop() {
        end(Process::destroy);
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

    String url() {
        return "http://localhost:" + port() + "/tasks/";
    }

    int port() {
        return 8080 + offset;
    }

    Rest rest() {
        return Rest.on(port());
    }

    /** The folder with the users, the H2 file and the archive. */
    Path data() {
        return data;
    }

    Path logFile() {
        return base.resolve("log/server.log");
    }

    /** The end of the log, at most a megabyte. */
    String log() {
        try (RandomAccessFile file = new RandomAccessFile(logFile().toFile(), "r")) {
            long start = Math.max(0, file.length() - LOG_TAIL);
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
                process.destroyForcibly().waitFor();
                throw new AssertionError("Did not end within " + STOP + ":\n" + log());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path wildfly() {
        return Path.of(System.getProperty("errand.it.wildfly"));
    }

    private static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
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

    private static void delete(Path folder) throws IOException {
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
