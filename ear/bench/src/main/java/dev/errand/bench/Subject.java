package dev.errand.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A system that is measured: it runs a workload when it is asked to over HTTP, and answers its figures. */
final class Subject implements AutoCloseable {
    private static final List<String> THROUGHPUT = List.of("W1", "W2", "W3");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Running system;
    private final Database database;

    Subject(Running system, Database database) {
        this.system = system;
        this.database = database;
    }

    String name() {
        return system.name();
    }

    /**
     * The limits have no clock and no retries; JobRunr and Quartz commit by themselves and join no transaction; Celery's senders
     * are four processes; a million would take Quartz an hour, others a quarter of one. */
    boolean can(String workload) {
        return switch (name()) {
            case "jdbc", "jdbc-batched" -> THROUGHPUT.contains(workload) || workload.startsWith("W1");
            case "celery" -> THROUGHPUT.contains(workload);
            case "errand-single" -> !workload.equals("W6");
            case "jobrunr", "quartz" -> !workload.equals("W6") && !workload.equals("W1T");
            default -> true;
        };
    }

    /** The compilers of the JVM take their time: as long for each system. */
    void warmUp(Options options) throws Exception {
        List<String> workloads = Stream.concat(
                        THROUGHPUT.stream(),
                        options.workloads().stream().filter(name -> name.matches("W1.+") && can(name)))
                .toList();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.warmUpSeconds());
        do {
            for (String workload : workloads) {
                run(workload, Math.min(2_000, options.count(workload)));
            }
        } while (System.nanoTime() < end);
        // handlers that write rows are others
        if (can("W7") && options.workloads().stream().anyMatch(workload -> workload.matches("W7|WH.*"))) {
            run("WHF1", options.count("WHF1"));
        }
    }

    Map<String, Double> measure(String workload, int count) throws Exception {
        database.settle();
        boolean queries = workload.equals("W6");
        if (queries) {
            database.count(true);
        }
        double cpu = system.cpuSeconds();
        double databaseCpu = database.cpuSeconds();
        long commits = database.commits(name());
        long wal = database.walBytes();
        Map<String, Double> figures = run(workload, count);
        double ran = figures.containsKey("ran") ? figures.remove("ran") : count;
        double tens = ran / 10_000;
        figures.put("cpu", (system.cpuSeconds() - cpu) / tens);
        figures.put("database cpu", (database.cpuSeconds() - databaseCpu) / tens);
        figures.put("cpu, all", figures.get("cpu") + figures.get("database cpu"));
        figures.put("commits", (double) (database.commits(name()) - commits) / ran);
        figures.put("wal", (double) (database.walBytes() - wal) / ran);
        if (queries) {
            figures.put("due query ms", database.meanMillis(name(), "SKIP LOCKED"));
            database.count(false);
        }
        if (figures.remove("doubled") > 0) {
            throw new VoidRound(name() + " has run tasks twice in " + workload + ": " + figures);
        }
        return figures;
    }

    /** Measures the cost of the idle system and of its start. */
    Map<String, Double> idle(int seconds) throws Exception {
        Map<String, Double> figures = run("IDLE", 0);
        // until what it was warmed up with is cleared away
        TimeUnit.SECONDS.sleep(seconds / 2);
        database.count(true);
        double cpu = system.cpuSeconds();
        TimeUnit.SECONDS.sleep(seconds);
        figures.put("cpu, % of a core", (system.cpuSeconds() - cpu) * 100 / seconds);
        figures.put("queries/s", (double) database.statements(name()) / seconds);
        database.count(false);
        figures.putAll(system.onStart());
        return figures;
    }

    private Map<String, Double> run(String workload, int count) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(system.url() + "?workload=" + workload + "&count=" + count))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new VoidRound(name() + ", " + workload + ": " + answer.body());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        answer.body().lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return figures;
    }

    @Override
    public void close() {
        try {
            system.end().close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
