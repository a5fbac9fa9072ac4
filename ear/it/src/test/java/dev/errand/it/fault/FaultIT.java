package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.Chance;
import dev.errand.it.Contest;
import dev.errand.it.client.Rest.Answer;
import dev.errand.it.database.DistantPostgres;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.database.SlowLink;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("harm")
class FaultIT extends FaultContract {
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final int QUEUES = 300;
    private static final int TASKS_A_QUEUE = 2;
    private static final int SENDERS = 10;
    private static final int MANY_SENDERS = 24;

    private static SlowLink link;

    @BeforeAll
    static void start() {
        ServerProcess fresh = ServerProcess.fresh("fault", 13_000);
        PostgresProcess postgres = new PostgresProcess("fault", 15434).start();
        // the wait for a lock after which it looks for a deadlock
        postgres.execute("ALTER DATABASE postgres SET deadlock_timeout = '50ms'");
        DistantPostgres distant = new DistantPostgres(postgres);
        link = distant.link();
        start(fresh, distant);
    }

    /** Some servers do not say what is wrong with a commit: it may be a connection that was cut, which costs no task anything. */
    @Test
    @Order(7)
    void aConstraintThatIsCheckedInTheCommitIsTheTasksOwnFailure() {
        database.execute("CREATE TABLE it_deferred (n INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        database.execute("INSERT INTO it_deferred VALUES (1)");
        String id = rest.send(AppClient.script("it.scripted", "execute INSERT INTO it_deferred VALUES (1)"));
        assertThat(rest.awaitState(id, "FAILURE").retries()).isZero();
        assertThat(database.select("SELECT note FROM it_ledger WHERE task = '" + id + "'"))
                .isEmpty();
    }

    /** A round trip takes as long as a transaction that short tasks share should; and the more queues there are, the longer. */
    @Test
    @Order(8)
    void aDatabaseThatIsFarAwayWithHundredsOfQueues() throws Exception {
        awaitSharing();
        link.delay(ROUND_TRIP);
        try {
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            IntStream.range(0, QUEUES).forEach(i -> senders.submit(() -> sendSharing(TASKS_A_QUEUE, "distant-" + i)));
            senders.shutdown();
            int all = QUEUES * TASKS_A_QUEUE;
            String distant = " FROM errand_task WHERE queue LIKE 'distant-%'";
            AppClient.await(() -> count("SELECT COUNT(*)" + distant + " AND state = 'SUCCESS'") == all);
            assertThat(count("SELECT COUNT(*)" + distant)).isEqualTo(all);
            assertThat(count("SELECT COUNT(*)" + distant + " AND (run > 1 OR retries > 0 OR wake_at IS NOT NULL)"))
                    .isZero();
            assertThat(count("SELECT COUNT(DISTINCT result)" + distant))
                    .as("transactions")
                    .isLessThan(all);
            load("distant").hasRunOnce("far away");
        } finally {
            link.delay(Duration.ZERO);
        }
        assertThat(server.log()).doesNotContain("ERRAND-0310");
    }

    @Test
    @Order(9)
    void onceAPauseIsAnsweredNothingStartsHoweverFarTheDatabase() {
        awaitSharing();
        link.delay(ROUND_TRIP);
        try {
            int all = 2_000;
            sendSharing(all, "paused");
            String paused = " FROM errand_task WHERE queue = 'paused'";
            AppClient.await(() -> count("SELECT COUNT(*)" + paused + " AND state = 'SUCCESS'") > 0);
            rest.post("/queues/paused/pause").expect(200);
            long answered = System.currentTimeMillis();
            // a task that is sent now finishes after all that began before
            sendSharing(20, "afterwards");
            AppClient.await(() ->
                    count("SELECT COUNT(*) FROM errand_task WHERE queue = 'afterwards' AND state = 'SUCCESS'") == 20);
            assertThat(count("SELECT COUNT(*)" + paused + " AND started_at > " + answered))
                    .isZero();
            assertThat(count("SELECT COUNT(*)" + paused + " AND state = 'PENDING'"))
                    .as("it was paused in the middle of the work")
                    .isPositive();
            link.delay(Duration.ZERO);
            rest.post("/queues/paused/resume").expect(200);
            AppClient.await(() -> count("SELECT COUNT(*)" + paused + " AND state = 'SUCCESS' AND run = 1") == all);
        } finally {
            link.delay(Duration.ZERO);
        }
    }

    /** Senders that share a transaction share its end, and each is told. */
    @Test
    @Order(10)
    void connectionsThatAreCutUnderManySendersThatShareCommits() throws Exception {
        Contest.oneWinsEach(rest, AppIT.id());
        Chance chance = new Chance();
        int each = 100;
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(MANY_SENDERS);
        List<Future<?>> senders = IntStream.range(0, MANY_SENDERS)
                .<Future<?>>mapToObj(sender -> threads.submit(() -> {
                    for (int sent = 0; sent < each; sent++) {
                        Map<String, Object> task = AppClient.script("it.scripted", "ok");
                        task.put("queue", "together");
                        if (sender % 2 == 0) {
                            task.put("id", "together-" + sender + "-" + sent);
                        }
                        Answer answer = rest.post("/tasks", task);
                        if (answer.status() == 201) {
                            acknowledged.add(answer.task().id());
                        } else {
                            refused.add(answer.status() + " " + answer.text());
                        }
                    }
                }))
                .toList();
        threads.shutdown();
        int cut = 0;
        for (int seen = 0; senders.stream().anyMatch(sender -> !sender.isDone()); seen = acknowledged.size()) {
            int more = seen + chance.nextInt(100);
            AppClient.await(() -> acknowledged.size() > more || senders.stream().allMatch(Future::isDone));
            cut += database.cutConnections(chance);
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        String together = " FROM errand_task WHERE queue = 'together'";
        AppClient.await(() -> count("SELECT COUNT(*)" + together + " AND state <> 'SUCCESS'") == 0);
        assertThat(cut).as(chance.toString()).isPositive();
        assertThat(refused).as(chance.toString()).allMatch(answer -> answer.startsWith("503"));
        assertThat(acknowledged).as(chance.toString()).doesNotHaveDuplicates();
        assertThat(database.select("SELECT id" + together))
                .as(chance.toString())
                .containsAll(acknowledged);
        assertThat(database.select("SELECT t.id" + together.replace("errand_task", "errand_task t")
                        + " AND (SELECT COUNT(*) FROM it_ledger l WHERE l.task = t.id) <> 1"))
                .as(chance.toString())
                .isEmpty();
    }

    /** A node runs each task alone for a while after its start, and until it knows that it is short. */
    private void awaitSharing() {
        AppClient.await(() -> {
            String queue = "sharing-" + AppIT.id();
            sendSharing(100, queue);
            String sharing = " FROM errand_task WHERE queue = '" + queue + "'";
            AppClient.await(() -> count("SELECT COUNT(*)" + sharing + " AND state = 'SUCCESS'") == 100);
            return count("SELECT COUNT(DISTINCT result)" + sharing) < 50;
        });
    }

    private void sendSharing(int count, String queue) {
        rest.post(app.url() + "?task=it.sharing&step=ok&count=" + count + "&eta=" + Instant.EPOCH + "&queue=" + queue)
                .expect(200);
    }

    private static int count(String sql) {
        return Integer.parseInt(database.select(sql).get(0));
    }

    @Override
    List<String> makeConflicts() {
        database.execute("CREATE FUNCTION it_cross(first INT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE it_pair SET n = n + 1 WHERE id = first; PERFORM pg_sleep(0.05);"
                + " UPDATE it_pair SET n = n + 1 WHERE id = 1 - first; END $$");
        database.execute("CREATE FUNCTION it_conflict(state TEXT) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                + " IF nextval('it_conflicts') % 3 > 0 THEN RAISE EXCEPTION 'as it says' USING ERRCODE = state; END IF;"
                + " END $$");
        return List.of(
                "SELECT it_conflict('40001')",
                "SELECT it_cross(0)",
                "SELECT it_conflict('40P01')",
                "SELECT it_cross(1)");
    }

    @Override
    int conflicts() {
        return Integer.parseInt(
                database.select("SELECT nextval('it_conflicts')").get(0));
    }

    @Override
    int deadlocks() {
        return Integer.parseInt(database.select("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'")
                .get(0));
    }
}
