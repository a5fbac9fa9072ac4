package dev.errand.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Admin;
import dev.errand.it.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The work of an administrator in the server's console, as docs/operate describes it. One server for all tests. */
abstract class AdminContract {
    private static final int OFFSET = 4000;
    private static final String APP = "http://localhost:" + Ports.http(OFFSET) + "/app/";
    static final String TASKS = "dev.errand:type=Tasks,application=errand";

    /** As many messages as a node has under way when it has run nothing lately. */
    private static final int IN_FLIGHT = 32;

    static ServerProcess server;
    static Admin admin;
    private static JMXConnector jmx;

    final Rest rest = server.rest();

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.fresh("admin", OFFSET).with("errand.lease", "PT2S");
        server.withAdministrators();
        server.deploy(AppIT.withApp(ErrandEar.built())).start();
        admin = server.admin();
        jmx = admin.jmx(Admin.USER, Admin.PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        jmx.close();
        admin.close();
        server.close();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Rest.PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    static Map<String, Object> task(String task, String queue, String... steps) {
        Map<String, Object> body = AppClient.script(task, steps);
        body.put("queue", queue);
        return body;
    }

    List<String> send(int count, Map<String, Object> task) {
        return IntStream.range(0, count).mapToObj(i -> rest.send(task)).toList();
    }

    String state(String id) {
        return rest.task(id).state();
    }

    List<String> ledger(String id) {
        return new AppClient(rest, APP).ledger(id);
    }

    private static MBeanServerConnection mbeans() throws Exception {
        return jmx.getMBeanServerConnection();
    }

    private static Object attribute(String mbean, String name) throws Exception {
        return mbeans().getAttribute(new ObjectName(mbean), name);
    }

    private static Object invoke(String operation, String parameter) throws Exception {
        return mbeans().invoke(
                        new ObjectName(TASKS), operation, new Object[] {parameter}, new String[] {"java.lang.String"});
    }

    static String[] running() throws Exception {
        return (String[]) attribute(TASKS, "Running");
    }

    @Test
    void tasksThatWaitWhileDeliveryIsStoppedRunAfterwards() {
        admin.stopDelivery();
        long before = admin.queuedEver();
        List<String> ids = send(IN_FLIGHT + 8, task("it.scripted", "stopped", "ok"));

        // each lease that ends makes the sweep try again; a broker looks for what it may drop once a minute
        await().until(() -> admin.queuedEver() - before > 4 * IN_FLIGHT);
        await().atMost(Duration.ofMinutes(2)).until(() -> admin.queueDepth() <= 2 * IN_FLIGHT);
        assertThat(ids).allSatisfy(id -> assertThat(state(id)).isEqualTo("PENDING"));

        admin.startDelivery();
        assertThat(ids).allSatisfy(id -> {
            rest.awaitState(id, "SUCCESS");
            assertThat(ledger(id)).hasSize(1);
        });
        await().until(() -> admin.queueDepth() == 0);
    }

    @Test
    void poolAndConfigurationHoldFromTheNextDeployment() {
        String revoked = rest.send(Map.of("task", "example.echo", "argument", "x", "countdown", 3600));
        rest.post("/tasks/" + revoked + "/revoke").expect(200);
        String hidden = rest.send(Map.of("task", "no.such", "argument", Map.of("salary", 1)));
        assertThat(salary(hidden)).isEqualTo("1");
        try {
            admin.tasksAtOnce(2);
            admin.configure("errand.mask", "salary");
            redeploy();

            assertThat(mostAtOnce(send(5, task("it.outside", "pool", "sleep 1500"))))
                    .isEqualTo(2);
            assertThat(salary(hidden)).isEqualTo("***");
            assertThat(state(revoked)).isEqualTo("REVOKED");
        } finally {
            admin.tasksAtOnce(16);
            redeploy();
        }
        assertThat(mostAtOnce(send(5, task("it.outside", "pool", "sleep 1500"))))
                .isEqualTo(5);
    }

    private void redeploy() {
        admin.redeploy();
        server.awaitHealth();
    }

    private String salary(String id) {
        return rest.task(id).argument().path("salary").asString();
    }

    /** One call sees all of them at the same moment. */
    private int mostAtOnce(List<String> ids) {
        int most = 0;
        while (!ids.stream().map(this::state).allMatch("SUCCESS"::equals)) {
            most = Math.max(most, rest.tasks("queue=pool&state=STARTED").tasks().size());
        }
        return most;
    }

    @Test
    void theTimersAreThereToSee() {
        // one that is at work has no next time yet
        Awaitility.await()
                .untilAsserted(() -> assertThat(admin.timers()).contains("DueTaskSweep", "Heartbeat", "Pruner"));
    }

    @Test
    void thePoolOfTheDatasourceShowsTheConnectionsOfTransactionalRuns() {
        List<String> ids = send(3, task("it.scripted", "busy", "sleep 2000"));
        await().until(() -> admin.connectionsInUse() >= 3);
        ids.forEach(id -> rest.awaitState(id, "SUCCESS"));
    }

    @Test
    void aLogLevelHoldsWithoutARestart() {
        String before = rest.send(task("it.scripted", "log", "ok"));
        admin.logLevel("dev.errand.audit", "FINE");
        List<String> after = new ArrayList<>();

        // a server may take a moment to hear of it
        await().pollInterval(Duration.ofMillis(500)).until(() -> {
            after.add(rest.send(task("it.scripted", "log", "ok")));
            String log = server.log();
            return after.stream().anyMatch(id -> log.contains(id + "] was sent by admin"));
        });
        assertThat(server.log()).doesNotContain(before + "] was sent");
    }

    @Test
    void theAuditNamesEachChangeAndItsUser() {
        Map<String, Object> later = task("it.scripted", "audit", "ok");
        later.put("countdown", 3600);
        String id = rest.send(later);
        rest.post("/tasks/" + id + "/revoke").expect(200);
        rest.post("/tasks/" + id + "/retry").expect(200);
        rest.post("/queues/audit/pause").expect(200);
        rest.post("/queues/audit/resume").expect(200);
        await().untilAsserted(() -> assertThat(server.log())
                .contains(
                        "ERRAND-0511 Task " + id + " was revoked by admin.",
                        "ERRAND-0512 Task " + id + " was retried by admin.",
                        "ERRAND-0513 Queue audit was paused by admin.",
                        "ERRAND-0514 Queue audit was resumed by admin."));
    }

    @Test
    void nothingIsLostOrDoubledWhenItIsRedeployedUnderLoad() throws Exception {
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(3);
        List<String> exactlyOnce = sendBy(senders, task("it.scripted", "load", "sleep 20"));
        List<String> twice = sendBy(senders, task("it.scripted", "load", "retry PT0.5S", "ok"));
        List<String> outside = sendBy(senders, task("it.outside", "load", "sleep 20"));
        List<List<String>> all = List.of(exactlyOnce, twice, outside);
        await().until(() -> all.stream().allMatch(ids -> ids.size() > 20));

        redeploy();
        assertThat(errandMBeans()).isNotEmpty();
        admin.undeploy();
        assertThat(errandMBeans()).isEmpty();
        admin.deploy();
        server.awaitHealth();
        assertThat(errandMBeans()).isNotEmpty();
        senders.shutdown();
        assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        for (String id : exactlyOnce) {
            rest.awaitState(id, "SUCCESS");
            assertThat(ledger(id)).containsExactly(id + " run 0");
        }
        for (String id : twice) {
            rest.awaitState(id, "SUCCESS");
            assertThat(ledger(id)).containsExactly(id + " run 1");
        }
        outside.forEach(id -> rest.awaitState(id, "SUCCESS"));
        await().until(() -> admin.queueDepth() == 0);
    }

    private static Set<ObjectName> errandMBeans() throws Exception {
        return mbeans().queryNames(new ObjectName("dev.errand:*"), null);
    }

    /**
     * Sends until it is shut down.
     *
     * @return the ids that are acknowledged, more and more of them
     */
    private List<String> sendBy(ScheduledExecutorService sender, Map<String, Object> task) {
        List<String> ids = new CopyOnWriteArrayList<>();
        Runnable send = () -> {
            try {
                ids.add(rest.send(task));
            } catch (AssertionError e) {
                // the server is not there at the moment
            }
        };
        sender.scheduleWithFixedDelay(send, 0, 20, TimeUnit.MILLISECONDS);
        return ids;
    }

    static String find(String id) throws Exception {
        return (String) invoke("find", id);
    }

    @Test
    void aConsoleSeesAndSteersTasks() throws Exception {
        String running = rest.send(task("it.outside", "console", "sleep 60000"));
        await().until(() -> Stream.of(running())
                .anyMatch(line -> line.startsWith(running + " it.outside ") && line.endsWith("done 1 of 2: sleeping")));
        invoke("revoke", running);
        rest.awaitState(running, "REVOKED");

        String failed = rest.send(task("it.scripted", "console", "fail"));
        rest.awaitState(failed, "FAILURE");
        Object failures =
                mbeans().invoke(new ObjectName(TASKS), "failures", new Object[] {1_000}, new String[] {"int"});
        assertThat((String[]) failures).anySatisfy(line -> assertThat(line).contains(failed, "as the script says"));
        assertThat(find(failed)).contains("IllegalStateException");
        assertThat((String) invoke("retry", failed)).contains("\"PENDING\"", "\"RETRY\"");
        assertThat(((TabularData) attribute(TASKS, "Counts")).size()).isEqualTo(8);
        assertThat((String[]) mbeans().invoke(new ObjectName(TASKS), "damaged", null, null))
                .isEmpty();
        assertThat((String[]) attribute(TASKS, "Handlers")).anyMatch(line -> line.startsWith("it.scripted "));

        assertThat((String) invoke("pauseSchedule", "it.periodic")).contains("it.periodic", ", PAUSED since ");
        assertThat((String[]) attribute(TASKS, "Schedules"))
                .anyMatch(line -> line.startsWith("it.periodic ") && line.contains(", PAUSED since "));
        assertThat((String) invoke("resumeSchedule", "it.periodic")).doesNotContain("PAUSED");
        rest.awaitState((String) invoke("runSchedule", "it.periodic"), "SUCCESS");

        assertThatThrownBy(() -> invoke("revoke", "no-such-task"))
                .hasStackTraceContaining("No task has the id \"no-such-task\"");
    }

    @Test
    void aQueueHasAnMBeanOfItsOwn() throws Exception {
        invoke("pause", "own");
        String waiting = rest.send(task("it.scripted", "own", "ok"));
        // a reader of figures makes a new queue known
        attribute(TASKS, "Queues");
        String queue = "dev.errand:type=Queue,application=errand,name=own";

        await().until(() -> attribute(queue, "Due").equals(1L));
        assertThat(attribute(queue, "Pending")).isEqualTo(1L);
        assertThat(attribute(queue, "Paused")).isEqualTo(true);
        mbeans().invoke(new ObjectName(queue), "resume", null, null);
        rest.awaitState(waiting, "SUCCESS");
        assertThat(attribute(queue, "Paused")).isEqualTo(false);
    }

    @Test
    void noUserGetsInWithoutTheLogIn() {
        assertThatThrownBy(() -> admin.jmx(Admin.USER, "wrong").close())
                .isInstanceOfAny(SecurityException.class, java.io.UncheckedIOException.class);
    }
}
