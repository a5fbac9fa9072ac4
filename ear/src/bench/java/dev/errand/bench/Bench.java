package dev.errand.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the workloads on each system, taking turns, and prints medians and ranges.
 *
 * <p>Systems: errand, errand-single (without bundles), the peers db-scheduler, jobrunr and quartz, and the limits jdbc and
 * jdbc-bundled, which are PostgreSQL alone with Errand's statements. Arguments, all optional: {@code systems=errand,db-scheduler workloads=W1,W2 repetitions=3 scale=1}. With a smaller scale
 * there are fewer tasks.
 */
public final class Bench {
    private static final Map<String, Integer> TASKS =
            Map.of("W1", 20_000, "W2", 20_000, "W3", 20_000, "W4", 400, "W5", 5_000);

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(args)
                .filter(arg -> arg.contains("="))
                .forEach(arg -> options.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1)));
        List<String> systems = list(options, "systems", "errand,db-scheduler,jobrunr,quartz");
        List<String> workloads = list(options, "workloads", "W1,W2,W3,W4,W5");
        int repetitions = Integer.parseInt(options.getOrDefault("repetitions", "3"));
        double scale = Double.parseDouble(options.getOrDefault("scale", "1"));
        Report report = new Report();
        Path folder = Files.createDirectories(Path.of(System.getProperty("errand.bench.folder")));
        try (EmbeddedPostgres postgres = postgres()) {
            Database database = new Database(postgres);
            List<Subject> subjects = new ArrayList<>();
            try {
                for (String system : systems) {
                    Subject subject = Subject.start(system, database);
                    subjects.add(subject);
                    subject.warmUp(scale);
                }
                for (int repetition = 1; repetition <= repetitions; repetition++) {
                    for (String workload : workloads) {
                        for (Subject subject : subjects) {
                            if (!subject.can(workload)) {
                                continue;
                            }
                            int count = (int) Math.max(100, TASKS.get(workload) * scale);
                            Map<String, Double> figures = subject.measure(workload, count);
                            report.add(subject.name(), workload, figures);
                            System.out.printf("%d/%d %s %s %s%n", repetition, repetitions, workload, subject.name(), figures);
                        }
                    }
                }
            } finally {
                subjects.forEach(Subject::close);
            }
        }
        report.print(System.out);
        report.write(folder.resolve("report.md"));
    }

    private static List<String> list(Map<String, String> options, String key, String otherwise) {
        return List.of(options.getOrDefault(key, otherwise).split(","));
    }

    /** As durable as PostgreSQL is by default; embedded, it is not. */
    private static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "512MB")
                .start();
    }
}
