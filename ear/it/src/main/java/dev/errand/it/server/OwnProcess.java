package dev.errand.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process of a test, started again as often as the test likes. It ends with the test's JVM at the latest. */
final class OwnProcess implements AutoCloseable {
    /** Longer than a slow machine takes: the limit finds a process that hangs. */
    private static final Duration STOP = Duration.ofMinutes(3);

    private final Path folder;
    private final Thread endWithJvm = new Thread(this::kill, "end-process");
    private Process process;

    /** @param folder an existing folder, in which commands about the process run */
    OwnProcess(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /** Starts the process without a terminal. Its output is discarded; the log file, which is bounded, has the same. */
    void start(ProcessBuilder builder) {
        if (isAlive()) {
            throw new IllegalStateException("It runs already");
        }
        try {
            process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // one of the servers waits until it is certain that no input comes
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Sends a signal, such as STOP and CONT. */
    void signal(String name) {
        new Shell(folder).run("/bin/kill", "-" + name, Long.toString(process.pid()));
    }

    /** Ends the process as kill -9 does: no code of it runs after this. */
    void kill() {
        end(Process::destroyForcibly);
    }

    /** Ends the process as Ctrl-C does, in good order. */
    void stop() {
        end(Process::destroy);
    }

    /** Kills the process, which is not needed any more. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(endWithJvm);
    }

    private void end(Consumer<Process> how) {
        if (!isAlive()) {
            return;
        }
        how.accept(process);
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                String threads = new Shell(folder).run(Shell.jdk("jstack"), Long.toString(process.pid()));
                process.destroyForcibly().waitFor();
                throw new AssertionError("Did not end within " + STOP + ":\n" + threads);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
