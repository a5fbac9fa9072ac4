package dev.errand.bench;

import dev.errand.it.database.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the workloads on each system, taking turns, and reports medians and ranges.
 *
 * <p>Systems: errand, errand-single (without batches), errand-threads (without a broker); the peers db-scheduler,
 * jobrunr, quartz and, where it is installed, celery; and the limits jdbc and jdbc-batched, which are PostgreSQL alone with
 * Errand's statements. Arguments, all optional: {@code systems=errand,db-scheduler workloads=W1,W2 repetitions=3 scale=1}. Ends with 1 if a round was void.
 */
public final class Bench {
    private static final Options ALL = new Options(
            List.of("errand", "db-scheduler", "jobrunr", "quartz", "celery"),
            List.of("IDLE", "W1", "W1-32", "W1-128", "W1T", "W2", "W3", "W4", "W5", "W7"),
            3,
            1);

    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("errand.bench.folder")));
        Report report = run(Options.read(args, ALL));
        report.print(System.out);
        report.write(folder.resolve("report.md"));
        new Charts(report).write(folder);
        System.exit(report.voids().isEmpty() ? 0 : 1);
    }

    static Report run(Options options) throws Exception {
        Report report = new Report();
        try (EmbeddedPostgres postgres = postgres()) {
            Database database = new Database(postgres);
            List<Subject> subjects = new ArrayList<>();
            try {
                for (String system : options.systems()) {
                    if (system.equals("celery") && !Celery.installed()) {
                        System.out.println("celery is left out: it needs python3-celery, python3-sqlalchemy,"
                                + " python3-psycopg2 and rabbitmq-server of Debian");
                        continue;
                    }
                    Subject subject = new Subject(Running.start(system, database.create(system)), database);
                    subjects.add(subject);
                    orVoid(report, () -> subject.warmUp(options));
                }
                for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
                    for (String workload : options.workloads()) {
                        for (Subject subject : subjects) {
                            if (subject.can(workload)) {
                                System.out.printf("%d/%d ", repetition, options.repetitions());
                                measure(subject, workload, options, report);
                            }
                        }
                    }
                }
            } finally {
                subjects.forEach(Subject::close);
            }
        }
        return report;
    }

    private static void measure(Subject subject, String workload, Options options, Report report) throws Exception {
        orVoid(report, () -> {
            Map<String, Double> figures = workload.equals("IDLE")
                    ? subject.idle(options.idleSeconds())
                    : subject.measure(workload, options.count(workload));
            report.add(subject.name(), workload, figures);
            System.out.printf("%s %s %s%n", workload, subject.name(), figures);
        });
    }

    private interface Round {
        void run() throws Exception;
    }

    /** Measures one system. The others continue if it fails. */
    private static void orVoid(Report report, Round round) throws Exception {
        try {
            round.run();
        } catch (VoidRound e) {
            report.voided(e.getMessage());
            System.out.println("VOID " + e.getMessage());
        }
    }

    /** As durable as PostgreSQL is by default; embedded, it is not. Statements are counted only where that is said. */
    private static EmbeddedPostgres postgres() throws IOException {
        return Postgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
    }
}
