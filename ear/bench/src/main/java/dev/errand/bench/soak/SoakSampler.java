package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakEnded.Wait;
import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at everything each ten seconds, and writes it down. */
final class SoakSampler {
    private static final int SECONDS = 10;
    private static final double MEGABYTE = 1e6;

    private final SoakSystem system;
    private final SoakLoad load;
    private final SoakEnded ended;
    private final Path csv;
    private final long begun = System.currentTimeMillis();
    private final List<SoakSample> samples = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Soak::thread);
    private final ScheduledFuture<?> looks;

    /** Begins to look. */
    SoakSampler(SoakSystem system, SoakLoad load, SoakEnded ended, Path csv) throws IOException {
        this.system = system;
        this.load = load;
        this.ended = ended;
        this.csv = csv;
        Files.writeString(csv, SoakSample.HEAD + "\n");
        sample();
        looks = thread.scheduleAtFixedRate(this::sample, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void sample() {
        long at = System.currentTimeMillis();
        double[] counts = new double[5];
        List<Long> waits = List.of();
        try (Connection connection = system.database().connect()) {
            waits = ended.look(connection).stream().map(Wait::millis).sorted().toList();
            count(connection, counts);
        } catch (SQLException | RuntimeException e) {
            // it is away
            Arrays.fill(counts, Double.NaN);
        }
        SoakSample sample = new SoakSample(
                at,
                (at - begun) / 60_000.0,
                load.sent(),
                load.givenUp(),
                ended.tasks().size(),
                percentile(waits, 50),
                percentile(waits, 99),
                JvmMemory.of(system.nodes().get(0)).heap(),
                JvmMemory.of(system.last()).heap(),
                counts[0],
                counts[1],
                counts[2] / MEGABYTE,
                counts[3] / MEGABYTE,
                counts[4],
                system.nodes().stream().mapToDouble(SoakSampler::log).max().orElseThrow());
        samples.add(sample);
        try {
            Files.writeString(csv, sample.csv() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(Connection connection, double[] counts) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(system.counts())) {
            row.next();
            for (int i = 0; i < counts.length; i++) {
                counts[i] = row.getDouble(i + 1);
            }
        }
    }

    /** Not a number, if there are none. */
    static double percentile(List<Long> sorted, int percent) {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static double log(ServerProcess node) {
        try (Stream<Path> files = Files.list(node.logFile().getParent())) {
            return files.mapToLong(file -> file.toFile().length()).sum() / MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks a last time. */
    void stop() throws InterruptedException, ExecutionException {
        if (looks.isDone()) {
            // it ends so early for an exception alone
            looks.get();
        }
        thread.shutdown();
        if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The sampler does not end");
        }
        sample();
    }

    /** When it began to look. */
    long begun() {
        return begun;
    }

    SoakSample last() {
        return samples.get(samples.size() - 1);
    }

    List<SoakSample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }
}
