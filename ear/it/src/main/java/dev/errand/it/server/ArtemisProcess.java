package dev.errand.it.server;

import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** An ActiveMQ Artemis by itself, made by the script of the project. Ends with the test's JVM at the latest. */
public final class ArtemisProcess implements AutoCloseable {
    public static final String PASSWORD = "broker-password";

    private final Path folder;
    private final int port;
    private final Thread endWithJvm = new Thread(this::kill, "end-broker");
    private Process process;

    /** Fresh, not started. */
    public ArtemisProcess(String name, int port) {
        this.folder = Path.of(System.getProperty("errand.it.servers"), name);
        this.port = Ports.of(port);
        Path scripts = Folders.home("errand.it.scripts").resolve("artemis");
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new Shell(scripts)
                .with("ERRAND_BROKER_PASSWORD", PASSWORD)
                .run(
                        scripts.resolve("create.sh").toString(),
                        System.getProperty("errand.it.artemis"),
                        folder.toString(),
                        "127.0.0.1",
                        Integer.toString(port));
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /** Returns when it listens. */
    public ArtemisProcess start() {
        ProcessBuilder builder = new ProcessBuilder(
                        folder.resolve("bin/artemis").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("errand.it.java"));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(Rest.PATIENCE).until(this::listens);
        return this;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("The broker ended with " + process.exitValue() + "; see " + folder + "/log");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** As kill -9. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            Awaitility.await().until(() -> !process.isAlive());
        }
    }

    /**
     * Writes the properties that artemis.cli wants.
     *
     * @return the file
     */
    public Path properties(Path file) {
        try {
            return Files.writeString(
                    file, "broker.host=127.0.0.1%nbroker.port=%d%nbroker.user=errand%n".formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(endWithJvm);
    }
}
