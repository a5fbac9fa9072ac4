package dev.errand.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.AppClient;
import dev.errand.it.AppIT;
import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.Broker;
import dev.errand.it.server.ServerProcess;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The JMS queue is paused, purged, and gone, while tasks come in: it has wake-ups only, and none of them is missed. */
class BrokerIT {
    private static final int OFFSET = 8000;

    /** More than a node has under way when it has run nothing lately. */
    private static final int MANY = 40;

    /** From its beginning to its end, whatever the broker's own client and the server say of it. */
    private static final int RECORDS = 60;

    private static ServerProcess server;
    private static Broker broker;

    private final Rest rest = server.rest();
    private final AppClient app = new AppClient(server);

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("broker", OFFSET).with("errand.lease", "PT5S");
        server.withAdministrators();
        server.deploy(AppIT.withApp(ErrandEar.built())).start();
        broker = server.broker();
        // the messages of the start come a little later, and are not those of the broker
        await(() -> server.log().contains("ERRAND-0101"));
    }

    @AfterAll
    static void stop() {
        broker.close();
        server.close();
    }

    private static void await(Callable<Boolean> fact) {
        Awaitility.await().atMost(Rest.PATIENCE).until(fact);
    }

    private String send() {
        return rest.send(AppClient.script("it.scripted", "ok"));
    }

    /**
     * Sends from three threads, and does what the administrator does.
     *
     * @return the tasks
     */
    private Queue<String> underLoad(AdminsWork work) throws Exception {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> senders = IntStream.range(0, 3)
                .<Future<?>>mapToObj(i -> threads.submit(() -> {
                    while (!enough.get()) {
                        ids.add(send());
                    }
                }))
                .toList();
        try {
            await(() -> ids.size() > MANY);
            work.on(ids);
        } finally {
            enough.set(true);
            threads.shutdown();
        }
        for (Future<?> sender : senders) {
            // none of them was ever refused
            sender.get();
        }
        return ids;
    }

    private interface AdminsWork {
        void on(Queue<String> ids) throws Exception;
    }

    private static void awaitMore(Queue<String> ids) {
        int before = ids.size();
        await(() -> ids.size() > before + MANY);
    }

    @Test
    void aTaskSentToAPausedQueueRunsWhenItIsResumed() {
        broker.pauseQueue();
        List<String> ids = IntStream.range(0, MANY).mapToObj(i -> send()).toList();
        assertThat(ids).allSatisfy(id -> assertThat(rest.task(id).state()).isEqualTo("PENDING"));
        broker.resumeQueue();
        app.haveRunOnce(ids, 0);
    }

    @Test
    void tasksWhoseMessagesArePurgedRunNevertheless() throws Exception {
        app.haveRunOnce(
                underLoad(ids -> {
                    broker.pauseQueue();
                    awaitMore(ids);
                    broker.purgeQueue();
                    awaitMore(ids);
                    broker.resumeQueue();
                    broker.purgeQueue();
                    awaitMore(ids);
                }),
                0);
    }

    @Test
    void messagesThatAreDoubledRunTheirTasksOnce() {
        broker.pauseQueue();
        List<String> ids = IntStream.range(0, MANY).mapToObj(i -> send()).toList();
        await(() -> !rest.post(app.url() + "messages").expect(200).text().equals("0"));
        broker.resumeQueue();
        app.haveRunOnce(ids, 0);
    }

    @Test
    void sendersDoNotNoticeABrokerThatIsAwayAndWorkGoesOnWhenItIsBack() throws Exception {
        String before = server.log();
        app.haveRunOnce(
                underLoad(ids -> {
                    broker.stop();
                    try {
                        awaitMore(ids);
                    } finally {
                        broker.start();
                    }
                    awaitMore(ids);
                }),
                0);
        String log = server.log().substring(before.length());
        List<String> records = Arrays.asList(log.split("\\n(?=\\[?20\\d\\d-\\d\\d-\\d\\d)"));
        assertThat(records).as(log).hasSizeLessThan(RECORDS);
        assertThat(records.stream().filter(record -> record.contains("ERRAND-02")))
                .as(log)
                .hasSizeLessThan(3);
    }
}
