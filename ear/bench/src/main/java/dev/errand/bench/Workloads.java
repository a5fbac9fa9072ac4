package dev.errand.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** The workloads, run in the process of the system that is measured. */
public final class Workloads {
    private static final int BATCH = 100;

    /** The number of transactions of one kind before those of the other kind. */
    private static final int TURN = 500;

    private final TaskQueue queue;
    private final Work work;
    private final Backlog backlog;

    public Workloads(TaskQueue queue, DataSource database) throws SQLException {
        this.queue = queue;
        work = new Work(queue, new Rows(database));
        backlog = new Backlog(queue, work);
    }

    /** All that is needed to run them in a server. */
    public static Class<?>[] inTheServer() {
        return new Class<?>[] {
            Workloads.class, Work.class, Work.Beside.class, Backlog.class, Threads.class,
            Handled.class, Call.class, Deliberate.class, Rows.class, TaskQueue.class
        };
    }

    /** @return figures by name */
    public Map<String, Double> run(String workload, int count) throws Exception {
        return switch (workload) {
            case "IDLE" -> Map.of("heap", Backlog.heapMegabytes());
            case "W1" -> throughput(8, count, 1, false);
            case "W1-32" -> throughput(32, count, 1, false);
            case "W1-128" -> throughput(128, count, 1, false);
            case "W1T" -> inTransaction(count);
            case "W2" -> throughput(8, count, BATCH, false);
            case "W3" -> throughput(8, count, BATCH, true);
            case "W4" -> latency(count);
            case "W5" -> delayed(count);
            case "W6" -> backlog.run(count);
            case "W7" -> work.openLoop(count, 300, 0, true);
            case "WH1" -> work.run(count, 1, false);
            case "WH10" -> work.run(count, 10, false);
            case "WH100" -> work.run(count, 100, false);
            case "WHF1" -> work.run(count, 1, true);
            case "WHF10" -> work.run(count, 10, true);
            case "WHF100" -> work.run(count, 100, true);
            default -> throw new IllegalArgumentException("No workload " + workload);
        };
    }

    /** Sent by so many threads, so many tasks in a transaction; with the workers on, or worked off afterwards. */
    private Map<String, Double> throughput(int senders, int count, int batch, boolean afterwards) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            if (afterwards) {
                queue.stopWorkers();
            }
            long start = System.nanoTime();
            Threads.each(senders, count / batch, n -> send(queue, handled, n * batch, batch));
            long sent = System.nanoTime();
            long from = start;
            if (afterwards) {
                from = System.nanoTime();
                queue.startWorkers();
            }
            long end = handled.awaitAll();
            Map<String, Double> figures = figures(handled);
            figures.put("sent/s", count * 1e9 / (sent - start));
            figures.put("tasks/s", count * 1e9 / (end - from));
            return figures;
        }
    }

    static void send(TaskQueue queue, Handled handled, int first, int batch) {
        if (batch == 1) {
            queue.send(handled.noop(first, System.nanoTime()));
        } else {
            queue.sendAll(IntStream.range(first, first + batch)
                    .mapToObj(i -> handled.noop(i, System.nanoTime()))
                    .toList());
        }
    }

    /**
     * The cost of a send in a transaction that writes a row of its own. Transactions without and with it take turns, while no
     * task runs.
     */
    private Map<String, Double> inTransaction(int count) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            queue.stopWorkers();
            long without = 0;
            long with = 0;
            for (int done = 0; done < count; done += TURN) {
                int first = done;
                int turn = Math.min(TURN, count - done);
                long start = System.nanoTime();
                Threads.each(turn, i -> queue.write(handled.noop(first + i, start)));
                long middle = System.nanoTime();
                Threads.each(turn, i -> queue.writeAndSend(handled.noop(first + i, middle)));
                with += System.nanoTime() - middle;
                without += middle - start;
            }
            queue.startWorkers();
            handled.awaitAll();
            TimeUnit.MILLISECONDS.sleep(500);
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("row/s", count * 1e9 / without);
            figures.put("row and send/s", count * 1e9 / with);
            figures.put("added %", 100.0 * with / without - 100);
            figures.put("doubled", (double) handled.doubled());
            return figures;
        }
    }

    /** One every 50 ms. */
    private Map<String, Double> latency(int count) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                TimeUnit.NANOSECONDS.sleep(start + i * 50_000_000L - System.nanoTime());
                queue.send(handled.noop(i, System.nanoTime()));
            }
            handled.awaitAll();
            return figures(handled);
        }
    }

    /** Due evenly within ten seconds, of which the first begins when all are sent, whichever system it is. */
    private Map<String, Double> delayed(int count) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            long wait = 5_000_000_000L + count * 8_000_000L;
            long nanos = System.nanoTime() + wait;
            Instant first = Instant.now().plusNanos(wait);
            Threads.each(count, i -> {
                long after = i * 10_000_000_000L / count;
                queue.sendAt(handled.noop(i, nanos + after), first.plusNanos(after));
            });
            if (System.nanoTime() > nanos) {
                throw new IllegalStateException("Sending took longer than the delay");
            }
            handled.awaitAll();
            return figures(handled);
        }
    }

    static Map<String, Double> figures(Handled handled) throws InterruptedException {
        // one that is run twice would be a little later
        TimeUnit.MILLISECONDS.sleep(500);
        Map<String, Double> figures = percentiles(handled);
        figures.put("doubled", (double) handled.doubled());
        return figures;
    }

    static Map<String, Double> percentiles(Handled handled) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (double percent : new double[] {0, 50, 95, 99, 100}) {
            figures.put("p" + (int) percent, handled.percentile(percent));
        }
        return figures;
    }
}
