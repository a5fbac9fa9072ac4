package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakFaults.Fault;
import dev.errand.it.server.ServerProcess;
import dev.errand.it.server.WildFlyAdmin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Two nodes on one PostgreSQL, or one node on an H2 file, with work of all kinds at a steady rate, for an hour, while nodes and
 * the database are harmed again and again. Arguments, all optional: {@code database=h2 duration=PT1H rate=50 faults=PT2M keep=PT10M seed=…}. Writes what it has
 * seen to soak.csv and soak.svg, and ends with 1 if a task was lost or run twice, or something has grown.
 */
public final class Soak implements AutoCloseable {
    /** Five files of ten, and the line that was one too many. */
    private static final double LARGEST_LOG_MB = 51;

    /** Of the heap in use, from the first third of the time to the last. */
    private static final double MOST_GROWTH = 1.5;

    private static final long MINUTE_MILLIS = 60_000;
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(4);

    private final SoakOptions options;
    private final Path folder;
    private final SoakSystem system;
    private final List<JvmMemory> inUse = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Soak(SoakOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.system = SoakSystem.of(options);
    }

    public static void main(String[] args) throws Exception {
        SoakOptions options = SoakOptions.read(args);
        say(options.toString());
        Path folder = Files.createDirectories(Path.of(System.getProperty("errand.soak.folder")));
        List<String> problems;
        try (Soak soak = new Soak(options, folder)) {
            problems = soak.run();
        }
        problems.forEach(Soak::say);
        say(problems.isEmpty() ? "All is as it should be" : "It has failed; " + options);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private List<String> run() throws Exception {
        List<ServerProcess> nodes = system.nodes();
        nodes.forEach(ServerProcess::start);
        SoakLoad load = new SoakLoad(nodes, options.rate());
        SoakEnded ended = new SoakEnded();
        SoakSampler sampler = new SoakSampler(system, load, ended, folder.resolve("soak.csv"));
        SoakFaults faults = new SoakFaults(system, new Random(options.seed()));
        try {
            harm(faults, sampler);
        } catch (RuntimeException | AssertionError e) {
            problems.add("A node or the database does not come back: " + e);
        }
        load.stop();
        awaitQuiet();
        collect();
        sampler.stop();
        new SoakPicture(sampler.samples(), faults.done(), sampler.begun()).write(folder.resolve("soak.svg"));
        say(new SoakFigures(load, ended, faults.done(), inUse).text());
        problems.addAll(new SoakCheck(system.database(), load, ended, faults.done()).problems(options.keep()));
        if (system.firstLasts()) {
            checkGrowth();
        }
        return problems;
    }

    private void checkGrowth() {
        int third = Math.max(1, inUse.size() / 3);
        double first = mean(inUse.subList(0, third));
        double last = mean(inUse.subList(inUse.size() - third, inUse.size()));
        if (!(last < first * MOST_GROWTH)) {
            problems.add("The heap in use has grown from " + first + " to " + last + " MB");
        }
    }

    private static double mean(List<JvmMemory> times) {
        return times.stream().mapToDouble(JvmMemory::heap).average().orElseThrow();
    }

    /** Causes faults until the time is up. No fault begins so late that it would overlap the end. */
    private void harm(SoakFaults faults, SoakSampler sampler) throws InterruptedException {
        Random random = new Random(options.seed());
        long mean = options.faults().toMillis();
        long end = sampler.begun() + options.duration().toMillis();
        long next = sampler.begun() + mean;
        long told = sampler.begun();
        for (long now = told; now < end; now = System.currentTimeMillis()) {
            if (now >= next && end - now > mean / 2) {
                collect();
                Fault fault = faults.doOne();
                say("%s, for %d s".formatted(fault.kind(), (fault.end() - fault.begin()) / 1_000));
                next = System.currentTimeMillis() + Math.round(mean * (0.5 + random.nextDouble()));
            }
            if (now - told >= MINUTE_MILLIS) {
                told = now;
                say(sampler.last().text() + "; " + faults.done().size() + " faults");
            }
            if (sampler.last().logs() > LARGEST_LOG_MB) {
                problems.add("A log has " + sampler.last().logs() + " MB");
                return;
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void collect() {
        inUse.add(JvmMemory.inUse(system.nodes().get(0)));
    }

    /** Nothing waits, nothing runs, and every connection is back in its pool. */
    private void awaitQuiet() {
        try {
            Awaitility.await()
                    .atMost(QUIET_WITHIN)
                    .ignoreExceptions()
                    .until(() -> SoakCheck.isQuiet(system.database())
                            && system.nodes().stream().allMatch(this::hasItsConnections));
        } catch (ConditionTimeoutException e) {
            problems.add("It does not become quiet; connections in use: "
                    + system.nodes().stream().map(this::connectionsInUse).toList());
        }
    }

    private boolean hasItsConnections(ServerProcess node) {
        return connectionsInUse(node) == 0;
    }

    private int connectionsInUse(ServerProcess node) {
        try (WildFlyAdmin admin = (WildFlyAdmin) node.admin()) {
            return admin.call(
                            "read-attribute",
                            "subsystem=datasources/data-source=" + system.pool() + "/statistics=pool",
                            "name",
                            "InUseCount")
                    .asInt();
        }
    }

    /** They end with the soak, however that ends. */
    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "soak");
        thread.setDaemon(true);
        return thread;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        system.nodes().forEach(ServerProcess::close);
        system.database().close();
    }
}
