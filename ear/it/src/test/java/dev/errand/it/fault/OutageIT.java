package dev.errand.it.fault;

import static dev.errand.it.AppClient.await;
import static dev.errand.it.AppClient.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Rest.Answer;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A server whose PostgreSQL is not there yet, goes away while tasks run, has records locked by others, and does not come at all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    /** Longer than any wait here: no task continues after an outage because its lease has expired. */
    private static final String LEASE = "PT5M";

    /** The most log records of an outage: the server may report each commit that is cut off. */
    private static final int RECORDS = 20;

    private static PostgresProcess database;
    private static ServerProcess server;

    private final Rest rest = server.rest();
    private final AppClient app = new AppClient(server);

    @BeforeAll
    static void prepare() {
        server = ServerProcess.fresh("outage", 3000).with("errand.lease", LEASE);
        database = new PostgresProcess("outage", 15432);
        database.at(server).deploy(AppIT.withApp(ErrandEar.built()).withClock());
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static int count(String log, String code) {
        return log.split(code, -1).length - 1;
    }

    @Test
    @Order(1)
    void aStartWaitsForTheDatabase() {
        server.startWithoutWaiting();
        await(() -> server.log().contains("ERRAND-0133"));
        database.start();
        server.awaitHealth();
        assertThat(count(server.log(), "ERRAND-0133")).isEqualTo(1);
        // the messages of the start come a little later, and are not those of the next outage
        await(() -> server.log().contains("ERRAND-0101"));
    }

    @Test
    @Order(2)
    void tasksPauseWhileItIsAwayAndGoOnByThemselves() throws Exception {
        List<String> transactional = IntStream.range(0, 4)
                .mapToObj(i -> rest.send(script("it.scripted", "sleep 3000")))
                .toList();
        List<String> outside = IntStream.range(0, 2)
                .mapToObj(i -> rest.send(script("it.outside", "sleep 3000")))
                .toList();
        outside.forEach(app::awaitStarted);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Answer> refused = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Runnable sender = () -> {
            while (!enough.get()) {
                Answer answer = rest.post("/tasks", script("it.scripted", "ok"));
                if (answer.status() == 201) {
                    acknowledged.add(answer.task().id());
                } else {
                    refused.add(answer);
                }
            }
        };
        List<Future<?>> senders = IntStream.range(0, 3)
                .<Future<?>>mapToObj(i -> threads.submit(sender))
                .toList();
        await(() -> acknowledged.size() > 50);

        String before = server.log();
        database.crash();
        await(() -> refused.size() > 20);
        String begun = server.log();
        await(() -> refused.size() > 200);
        assertThat(records(server.log().substring(begun.length())))
                .as("while it lasts, but for the runs that were cut off and end now")
                .hasSizeLessThan(3 + transactional.size());
        assertThat(rest.get("/health").status()).isEqualTo(503);
        assertThat(rest.get("/queues").status()).isEqualTo(503);
        assertThat(rest.get("/tasks/" + outside.get(0)).status()).isEqualTo(503);
        database.start();

        int soFar = acknowledged.size();
        await(() -> acknowledged.size() > soFar);
        enough.set(true);
        for (Future<?> each : senders) {
            each.get();
        }
        threads.shutdown();

        transactional.forEach(id -> rest.awaitState(id, "SUCCESS"));
        outside.forEach(id -> rest.awaitState(id, "SUCCESS"));
        acknowledged.forEach(id -> rest.awaitState(id, "SUCCESS"));
        transactional.forEach(id -> assertThat(app.ledger(id)).containsExactly(id + " run 0"));
        acknowledged.forEach(id -> assertThat(app.ledger(id)).containsExactly(id + " run 0"));
        outside.forEach(
                id -> assertThat(app.ledger(id)).as("it was not run again").hasSize(1));
        assertThat(rest.get("/health").status()).isEqualTo(200);
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        });
        String log = server.log().substring(before.length());
        assertThat(count(log, "ERRAND-0130")).isEqualTo(1);
        assertThat(count(log, "ERRAND-0131")).isEqualTo(1);
        assertThat(records(log)).as(log).hasSizeLessThan(RECORDS);
    }

    /** Returns the records of a log, each of which begins with a date, except those about the beans of the application. */
    private static List<String> records(String log) {
        return Arrays.stream(log.split("\\n(?=\\[?20\\d\\d-\\d\\d-\\d\\d)"))
                .filter(record -> !record.contains("dev.errand.it.app"))
                .toList();
    }

    private void setClock(String offset) {
        rest.call(rest.request(app.url() + "?clock=" + offset).PUT(BodyPublishers.noBody()))
                .expect(200);
    }

    @Test
    @Order(3)
    void aClockThatIsSetForwardLosesNoRun() {
        String inside = rest.send(script("it.scripted", "sleep 4000"));
        String outside = rest.send(script("it.outside", "sleep 4000"));
        Map<String, Object> later = script("it.scripted", "ok");
        later.put("countdown", "PT1H30M");
        String due = rest.send(later);
        app.awaitStarted(outside);
        app.awaitStarted(inside);

        setClock("PT2H");

        rest.awaitState(due, "SUCCESS");
        rest.awaitState(inside, "SUCCESS");
        assertThat(rest.awaitState(outside, "SUCCESS").runs()).hasSize(1);
        assertThat(app.ledger(inside)).hasSize(1);
        assertThat(app.ledger(outside)).hasSize(1);
        await(() -> server.log().contains("ERRAND-0134"));
    }

    @Test
    @Order(4)
    void aClockThatIsSetBackStopsNoWork() {
        rest.post("/queues/outside/pause").expect(200);
        String waiting = rest.send(script("it.outside", "ok"));
        Map<String, Object> later = script("it.scripted", "ok");
        later.put("countdown", "PT1H30M");
        String notDue = rest.send(later);
        String inside = rest.send(script("it.scripted", "sleep 4000"));
        app.awaitStarted(inside);

        setClock("PT1H");
        rest.post("/queues/outside/resume").expect(200);

        rest.awaitState(waiting, "SUCCESS");
        rest.awaitState(inside, "SUCCESS");
        String running = rest.send(script("it.outside", "sleep 60000"));
        app.awaitStarted(running);
        rest.post("/tasks/" + running + "/revoke").expect(200);
        rest.awaitState(running, "REVOKED");
        rest.awaitState(notDue, "PENDING");
    }

    @Test
    @Order(5)
    void aRecordThatIsLockedWhenItsMessageComesDoesNotWaitForTheEndOfItsLease() throws Exception {
        List<String> busy = IntStream.range(0, ServerProcess.SESSIONS)
                .mapToObj(i -> rest.send(script("it.scripted", "sleep 3000")))
                .toList();
        String id = rest.send(script("it.scripted", "ok"));
        try (Connection holder = database.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT 1 FROM errand_task WHERE id = '" + id + "' FOR UPDATE");
            busy.forEach(each -> rest.awaitState(each, "SUCCESS"));
            // its message has come before theirs
            for (int i = 0; i < ServerProcess.SESSIONS; i++) {
                rest.awaitState(rest.send(script("it.scripted", "ok")), "SUCCESS");
            }
            assertThat(app.ledger(id)).isEmpty();
            holder.rollback();
        }
        app.haveRunOnce(List.of(id), 0);
    }

    @Test
    @Order(8)
    void tablesOfANewerErrandRefuseTheDeploymentAndStayAsTheyAre() {
        server.stop();
        String before = server.log();
        database.execute("INSERT INTO errand_schema (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT 999, '999', 'newer', type, script, checksum,"
                + " installed_by, 0, true FROM errand_schema WHERE installed_rank = 1");
        server.startWithoutWaiting();
        await(() -> server.log().substring(before.length()).contains("ERRAND-0132"));
        assertThat(server.log().substring(before.length())).contains("at version 999", "Deploy the newer Errand again");
        assertThat(rest.get("/health").status()).as("it is not deployed").isNotEqualTo(200);
        assertThat(database.execute("DELETE FROM errand_schema WHERE version = '999'"))
                .isEqualTo(1);
    }

    @Test
    @Order(9)
    void aStartThatHasWaitedInVainSaysSoOnce() {
        server.stop();
        String before = server.log();
        database.crash();
        server.with("errand.start.wait", "PT1S").startWithoutWaiting();
        await(() -> server.log().substring(before.length()).contains("ERRAND-0132"));
        String log = server.log().substring(before.length());
        assertThat(count(log, "ERRAND-0132")).isEqualTo(1);
        log = log.substring(log.lastIndexOf("ERRAND-0132"));
        assertThat(log.lines().findFirst().orElseThrow())
                .contains("errand.datasource", "PT1S", "errand.start.wait", "deploy Errand again");
    }
}
