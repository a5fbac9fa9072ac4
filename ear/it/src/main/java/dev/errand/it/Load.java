package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.app.ScriptedOutside;
import dev.errand.it.client.Rest;
import dev.errand.it.client.Rest.Answer;
import dev.errand.it.database.Database;
import dev.errand.it.server.ServerProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that send to a queue of their own while a test does harm, until each has so many acknowledgements; and the
 * check of all these tasks afterwards.
 */
public final class Load {
    private static final int THREADS = 3;
    private static final long AFTER_A_REFUSAL = TimeUnit.MILLISECONDS.toNanos(20);

    /** The failure of its own statement, which no retry policy covers. */
    private static final String OUTSIDE_FAILED = "(task = 'it.outside' AND state = 'FAILURE' AND retries = 0"
            + " AND error_message LIKE '" + ScriptedOutside.OWN_FAILURE + "%')";

    private final Rest rest;
    private final Database database;
    private final OutsideLedger outside;
    private final String queue;

    /** Alone in a transaction, for longer and shorter; sharing one with others; outside one. */
    private final List<Map<String, Object>> tasks;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final long begun = System.currentTimeMillis();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Future<?>> senders = new ArrayList<>();

    private Load(ServerProcess server, Database database, OutsideLedger outside, String queue) {
        this.rest = server.rest();
        this.database = database;
        this.outside = outside;
        this.queue = queue;
        this.tasks = List.of(
                AppClient.script("it.scripted", "ok"),
                AppClient.script("it.sharing", "write"),
                AppClient.script("it.scripted", "sleep 30"),
                AppClient.script("it.outside", "sleep 30"),
                AppClient.script("it.outside", outside.call()));
    }

    /** Begins to send. */
    public static Load of(int tasks, ServerProcess server, Database database, OutsideLedger outside, String queue) {
        Load load = new Load(server, database, outside, queue);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            load.senders.add(threads.submit(() -> load.send(tasks / THREADS)));
        }
        threads.shutdown();
        return load;
    }

    private void send(int enough) {
        for (int sent = 0; sent < enough; ) {
            int next = number.incrementAndGet();
            Map<String, Object> task = new HashMap<>(tasks.get(next % tasks.size()));
            task.put("id", queue + "-" + next);
            task.put("queue", queue);
            if (accepted(task)) {
                sent++;
            } else {
                LockSupport.parkNanos(AFTER_A_REFUSAL);
            }
        }
    }

    private boolean accepted(Map<String, Object> task) {
        Answer answer;
        try {
            answer = rest.post("/tasks", task);
        } catch (AssertionError e) {
            refused.add("no answer");
            return false;
        }
        if (answer.status() == 201) {
            acknowledged.add((String) task.get("id"));
            return true;
        }
        refused.add(answer.status() + " " + answer.text());
        return false;
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    public boolean lasts() {
        return senders.stream().anyMatch(sender -> !sender.isDone());
    }

    /** Returns the answers to requests that were refused. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /**
     * Waits for the senders' end, and for the end of all that they have sent. No task is
     * missing. A task in a transaction has written once, in one run. A task outside a transaction has acted at most once in each run,
     * and at least once. No task has lost a retry, and the history is whole.
     */
    public void hasRunOnce(String context) throws Exception {
        for (Future<?> sender : senders) {
            sender.get(10, TimeUnit.MINUTES);
        }
        // the time is for the index: there may be millions of others
        String mine = " FROM errand_task t WHERE t.queue = '" + queue + "' AND t.created_at >= " + begun;
        AppClient.await(() -> database.select("SELECT id" + mine + " AND state NOT IN ('SUCCESS', 'FAILURE')")
                .isEmpty());
        assertThat(database.select(
                        "SELECT concat_ws(' ', id, task, state, run, retries, wake_at, node, error_type, error_message)"
                                + mine + " AND (state <> 'SUCCESS' OR retries <> 0 OR wake_at IS NOT NULL"
                                + " OR error_type IS NOT NULL OR run <> 1 AND task <> 'it.outside')"
                                + " AND NOT " + OUTSIDE_FAILED))
                .as(context)
                .isEmpty();
        assertThat(database.select("SELECT id" + mine)).as(context).containsAll(acknowledged);
        assertThat(database.select("SELECT concat_ws(' ', id, task, written)" + " FROM (SELECT id, task,"
                        + " (SELECT COUNT(*) FROM it_ledger l WHERE l.task = t.id) AS written" + mine + ") AS counted"
                        + " WHERE written <> 1 AND task <> 'it.outside'"))
                .as(context)
                .isEmpty();
        assertThat(database.select("SELECT id" + mine + " AND state = 'SUCCESS' AND NOT EXISTS"
                        + " (SELECT 1 FROM it_ledger l WHERE l.task = t.id)"))
                .as(context)
                .isEmpty();
        assertThat(database.select("SELECT task FROM it_ledger l WHERE task LIKE '" + queue
                        + "-%' AND NOT EXISTS (SELECT 1 FROM errand_task t WHERE t.id = l.task)"))
                .as(context)
                .isEmpty();
        assertThat(database.select("SELECT id" + mine + " AND run <> (SELECT COUNT(*) + 1 FROM errand_run r"
                        + " WHERE r.task_id = t.id AND r.run < t.run)"))
                .as(context)
                .isEmpty();
        AppClient.await(() -> database.select("SELECT task_id FROM errand_running WHERE task_id LIKE '" + queue + "-%'")
                .isEmpty());
        hasCalledOutside(mine, context);
    }

    private void hasCalledOutside(String mine, String context) {
        Set<String> called = outside.called(queue + "-");
        for (String task : database.select("SELECT concat_ws(' ', id, state, run)" + mine
                + " AND task = 'it.outside' AND argument LIKE '%call %'")) {
            String[] words = task.split(" ");
            assertThat(outside.calls(words[0]))
                    .as("calls of %s, %s", task, context)
                    .isBetween(words[1].equals("SUCCESS") ? 1 : 0, Integer.parseInt(words[2]));
            called.remove(words[0]);
        }
        assertThat(called).as(context).isEmpty();
    }
}
