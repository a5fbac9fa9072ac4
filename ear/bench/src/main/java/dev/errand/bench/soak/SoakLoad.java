package dev.errand.bench.soak;

import dev.errand.it.client.Rest.Answer;
import dev.errand.it.server.ServerProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.ObjectMapper;

/**
 * Sends at a steady rate to each node in turn. A task that one node rejects goes to the other, with the same id,
 * so that it cannot be there twice. A task that both reject is given up.
 */
final class SoakLoad {
    /** So many that those who wait for a node that stands still leave enough for the other. */
    private static final int THREADS = 48;

    static final int BURST = 3_000;
    private static final int SECONDS_BETWEEN_BURSTS = 150;
    private static final int SECONDS_TO_A_BURST = 10;
    private static final String NO_ANSWER = "no answer";

    /** Answers while a node starts or is redeployed, while its database is away, and while it is frozen or gone. */
    private static final Set<String> EXPECTED = Set.of("404", "503", NO_ANSWER);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<SoakNode> nodes;
    private final int rate;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Soak::thread);
    private final List<Future<?>> senders = new ArrayList<>();
    private final long begun = System.nanoTime();
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Boolean> bursts = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Queue<Refusal> unexpected = new ConcurrentLinkedQueue<>();
    private volatile boolean enough;

    /** The answer of a node that rejected a task, and its time. */
    record Refusal(String said, long at) {}

    /** Begins to send. */
    SoakLoad(List<ServerProcess> servers, int rate) {
        this.nodes = servers.stream().map(SoakNode::new).toList();
        this.rate = rate;
        for (int thread = 0; thread < THREADS; thread++) {
            senders.add(threads.submit(this::sendOnAndOn));
        }
        threads.shutdown();
    }

    private void sendOnAndOn() {
        while (!enough) {
            long next = number.getAndIncrement();
            long due = begun + TimeUnit.SECONDS.toNanos(1) / rate * next;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (next % (SECONDS_BETWEEN_BURSTS * rate) == SECONDS_BETWEEN_BURSTS * rate / 2) {
                burst(next);
            }
            send(next);
        }
    }

    private void send(long next) {
        SoakKind kind = SoakKind.ofNumber(next);
        String body = JSON.writeValueAsString(kind.task(next));
        boolean sentBefore = false;
        for (SoakNode node : inTurn(next)) {
            String said = said(node.sendTask(body));
            // a node that was asked before had it, and could not say so
            if (said.equals("201") || sentBefore && said.equals("409")) {
                acknowledged.add(kind.id(next));
                return;
            }
            refused(said);
            sentBefore = true;
        }
        givenUp.incrementAndGet();
    }

    private static String said(Optional<Answer> answer) {
        return answer.map(given -> Integer.toString(given.status())).orElse(NO_ANSWER);
    }

    /** Those that are not away; all, if each is. */
    private List<SoakNode> inTurn(long next) {
        List<SoakNode> order = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            SoakNode node = nodes.get((int) ((next + i) % nodes.size()));
            if (node.mayBeAsked()) {
                order.add(node);
            }
        }
        return order.isEmpty() ? nodes : order;
    }

    /** Sends all of them or none. It does not repeat a request without an answer, because the tasks have no ids of ours. */
    private void burst(long next) {
        String queue = SoakKind.BURST_QUEUE + next;
        Instant eta = Instant.now().plusSeconds(SECONDS_TO_A_BURST);
        String query = "?task=it.sharing&step=write&count=" + BURST + "&queue=" + queue + "&eta=" + eta;
        bursts.put(queue, false);
        String said = said(inTurn(next).get(0).sendByApp(query));
        if (said.equals("200")) {
            bursts.put(queue, true);
        } else {
            refused(said);
        }
    }

    private void refused(String said) {
        refusals.merge(said, 1, Integer::sum);
        if (!EXPECTED.contains(said)) {
            unexpected.add(new Refusal(said, System.currentTimeMillis()));
        }
    }

    /** Sends no more, and returns when the last one is answered. */
    void stop() throws Exception {
        enough = true;
        for (Future<?> sender : senders) {
            sender.get(1, TimeUnit.MINUTES);
        }
    }

    /** How many it has sent, as far as a node has taken them. */
    long sent() {
        return acknowledged.size()
                + (long) BURST * bursts.values().stream().filter(taken -> taken).count();
    }

    /** Returns the tasks that no node has taken. */
    long givenUp() {
        return givenUp.get();
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    /** Queue of each burst, and whether it was acknowledged. */
    Map<String, Boolean> bursts() {
        return bursts;
    }

    /** Returns the answers of nodes that rejected a task, and how often each came. */
    Map<String, Integer> refusals() {
        return refusals;
    }

    /** Those of them that no sender should get. */
    Collection<Refusal> unexpected() {
        return unexpected;
    }
}
