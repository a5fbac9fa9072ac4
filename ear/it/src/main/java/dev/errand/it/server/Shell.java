package dev.errand.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs what an administrator types. */
public final class Shell {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    public Shell(Path folder) {
        this.folder = folder;
        environment.put("JAVA_HOME", System.getProperty("errand.it.java"));
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** One of the JDK's own commands. */
    public static String jdk(String command) {
        return Path.of(System.getProperty("errand.it.java"), "bin", command).toString();
    }

    /** Runs a command to its end; it must succeed. Returns what it has printed. */
    public String run(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s:%n%s", command[0], output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
