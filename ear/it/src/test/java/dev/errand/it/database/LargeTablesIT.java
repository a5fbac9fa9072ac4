package dev.errand.it.database;

import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppIT;
import dev.errand.it.Load;
import dev.errand.it.OutsideLedger;
import dev.errand.it.client.Rest;
import dev.errand.it.client.TaskView;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Very many records: a tenth of errand.it.rows that wait when the server starts, and so many old ones that are pruned under
 * load. The measurements are compared with those without these records, and printed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("database")
@Tag("chaos")
class LargeTablesIT {
    private static final long OLD = Long.getLong("errand.it.rows");
    private static final long WAITING = OLD / 10;

    /** The rows per transaction that fill the tables. */
    private static final long CHUNK = 1_000_000;

    /** The tasks of a load: enough for a median, and for several transactions of the pruning. */
    private static final int TASKS = 3_000;

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static PostgresProcess database;
    private static ServerProcess server;
    private static OutsideLedger outside;

    private final Rest rest = server.rest();

    @BeforeAll
    static void start() {
        outside = new OutsideLedger();
        server = ServerProcess.fresh("large", 18_000);
        database = new PostgresProcess("large", 15438)
                .with("fsync", "on")
                .with("shared_buffers", "512MB")
                .start();
        server.onDatabase(
                        org.postgresql.Driver.class, database.url() + "?reWriteBatchedInserts=true", "postgres", "any")
                .deploy(AppIT.withApp(ErrandEar.built()))
                .start();
        database.execute("CREATE INDEX it_ledger_task ON it_ledger (task)");
    }

    @AfterAll
    static void stop() {
        server.close();
        database.closeAndDelete();
        outside.close();
    }

    @Test
    @Order(1)
    void aMillionTasksWaitWhenTheServerStarts() {
        rest.awaitState(rest.send(of("backlog", 4)), "SUCCESS");
        rest.post("/queues/paused/pause").expect(200);
        Map<String, Object> model = of("paused", 4);
        model.put("id", "model");
        rest.send(model);
        server.stop();
        Duration calm = startTime();
        rest.awaitState(rest.send(of("urgent", 9)), "SUCCESS");
        server.stop();
        fill("errand_task", "t.id = 'model'", WAITING, Map.of("id", "'backlog-' || n", "queue", "'backlog'"));

        Duration start = startTime();
        assertThat(start).isLessThan(calm.multipliedBy(3));
        String urgent = rest.send(of("urgent", 9));
        TaskView task = rest.awaitState(urgent, "SUCCESS");
        rest.get("/health").expect(200);
        long done = WAITING - waiting();
        assertThat(done).as("of the backlog, when the urgent one is done").isLessThan(WAITING / 5);
        long begun = System.nanoTime();
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> waiting() == 0);
        double seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(database.select("SELECT id FROM errand_task WHERE queue = 'backlog' AND (state <> 'SUCCESS'"
                        + " OR run <> 1 OR retries <> 0 OR crashes <> 0 OR wake_at IS NOT NULL) LIMIT 10"))
                .isEmpty();
        assertThat(database.select("SELECT t.id FROM errand_task t WHERE t.queue = 'backlog' AND"
                        + " (SELECT COUNT(*) FROM it_ledger l WHERE l.task = t.id) <> 1 LIMIT 10"))
                .isEmpty();
        assertThat(database.select("SELECT COUNT(*) FROM it_ledger WHERE task LIKE 'backlog-%'"))
                .containsExactly(Long.toString(WAITING));
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        System.out.printf(
                "%,d wait: start in %s, without them %s; an urgent one starts after %s, with %,d done; then %,.0f a second%n",
                WAITING,
                start,
                calm,
                Duration.between(task.createdAt(), task.startedAt()),
                done,
                (WAITING - done) / seconds);
    }

    private static Duration startTime() {
        long start = System.nanoTime();
        server.start();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Map<String, Object> of(String queue, int priority) {
        Map<String, Object> task = script("it.scripted", "ok");
        task.put("queue", queue);
        task.put("priority", priority);
        return task;
    }

    private static long waiting() {
        return number("SELECT COUNT(*) FROM errand_task WHERE queue = 'backlog' AND wake_at IS NOT NULL");
    }

    @Test
    @Order(2)
    void tenMillionOldRecordsArePrunedUnderLoad() throws Exception {
        server.stop();
        database.execute("TRUNCATE errand_task, errand_run, errand_log, it_ledger");
        server.start();
        String plain = rest.send(of("old", 4));
        rest.awaitState(plain, "SUCCESS");
        String retried = rest.send(script("it.scripted", "retry PT0.1S", "ok"));
        rest.awaitState(retried, "SUCCESS");
        server.stop();
        long old = System.currentTimeMillis() - Duration.ofDays(1).toMillis() - OLD;
        Map<String, String> changed = Map.of(
                "id", "'old-' || n",
                "created_at", old + " + n",
                "due_at", old + " + n",
                "started_at", old + " + n + (started_at - created_at)",
                "finished_at", old + " + n + (finished_at - created_at)");
        fill("errand_task", "t.id = '" + plain + "' AND n % 10 > 0", OLD, changed);
        fill("errand_task", "t.id = '" + retried + "' AND n % 10 = 0", OLD, changed);
        fill("errand_run", "t.task_id = '" + retried + "' AND n % 10 = 0", OLD, Map.of("task_id", "'old-' || n"));
        database.execute("ANALYZE");
        database.execute("CHECKPOINT");

        server.start();
        load("warm");
        Latency calm = load("calm");
        server.stop();
        server.with("errand.keep.success", "PT1H").start();
        load("warm-again");
        Awaitility.await().atMost(PATIENCE).until(() -> pruned() > 0);
        try (PruningWatch watch = new PruningWatch(database)) {
            long from = pruned();
            long begun = System.nanoTime();
            for (int n = 1; pruned() - from < OLD / 10; n++) {
                long before = pruned();
                Latency meanwhile = load("meanwhile-" + n);
                long after = pruned();
                System.out.printf(
                        "Pruned %,d during %,d tasks: %s; calm: %s%n", after - before, TASKS, meanwhile, calm);
                assertThat(after - before).as("more than have come meanwhile").isGreaterThan(TASKS);
                assertThat(meanwhile.median()).isLessThan(5 * Math.max(5, calm.median()));
            }
            double rate = (pruned() - from) * 1e9 / (System.nanoTime() - begun);
            System.out.printf(
                    "Of %,d old records %,.0f a second are pruned under load: all in %.0f minutes; longest statement %d ms%n",
                    OLD, rate, OLD / rate / 60, watch.longestMillis());
        }
        assertThat(number("SELECT COUNT(*) FROM errand_run r WHERE r.task_id LIKE 'old-%'"
                        + " AND NOT EXISTS (SELECT 1 FROM errand_task t WHERE t.id = r.task_id)"))
                .isZero();
    }

    /** Of a load's tasks from their sending to their start, in milliseconds. */
    private record Latency(double median, double p99) {}

    private Latency load(String queue) throws Exception {
        Load load = Load.of(TASKS, server, database, outside, queue);
        load.hasRunOnce(queue);
        List<Double> figures = List.of(0.5, 0.99).stream()
                .map(share -> "SELECT percentile_cont(" + share
                        + ") WITHIN GROUP (ORDER BY started_at - created_at) FROM errand_task WHERE id LIKE '" + queue
                        + "-%' AND created_at > " + (System.currentTimeMillis() - PATIENCE.toMillis()))
                .map(sql -> Double.valueOf(database.select(sql).get(0)))
                .toList();
        return new Latency(figures.get(0), figures.get(1));
    }

    /** As the database counts it, which is seen a moment later. */
    private static long pruned() {
        return number("SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'errand_task'");
    }

    private static long number(String sql) {
        return Long.parseLong(database.select(sql).get(0));
    }

    /** Copies a row that the engine has written, n from 1 to {@code rows}, so that each is as it would write it. */
    private static void fill(String table, String model, long rows, Map<String, String> changed) {
        List<String> columns = database.select(
                "SELECT column_name FROM information_schema.columns WHERE table_name = '" + table + "'");
        String values = columns.stream()
                .map(column -> changed.getOrDefault(column, column))
                .collect(Collectors.joining(", "));
        for (long from = 1; from <= rows; from += CHUNK) {
            database.execute(
                    "INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT " + values + " FROM "
                            + table + " t, generate_series(" + from + ", " + Math.min(rows, from + CHUNK - 1)
                            + ") AS n WHERE " + model);
        }
    }
}
