package dev.errand.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Workloads with handlers that take a while and write a row, one in a hundred of which may fail and be retried. */
final class Work {
    private static final String QUEUE = "bulk";
    private static final long BESIDE_NANOS = 50_000_000;

    private final TaskQueue queue;
    private final Rows rows;

    Work(TaskQueue queue, Rows rows) {
        this.queue = queue;
        this.rows = rows;
    }

    /** At half of what 16 workers can do at most, then all at once, with a short task of another queue now and then. */
    Map<String, Double> run(int count, int millis, boolean failing) throws Exception {
        int perSecond = Math.min(300, 8_000 / millis);
        int steady = Math.min(count, 10 * perSecond);
        Map<String, Double> figures = openLoop(steady, perSecond, millis, failing);
        try (Handled handled = Handled.begin(count);
                Beside beside = new Beside()) {
            long start = System.nanoTime();
            Threads.each(count, i -> send(handled, i, System.nanoTime(), millis, failing));
            long end = rows.awaitAll(handled);
            figures.put("tasks/s", count * 1e9 / (end - start));
            figures.merge("doubled", (double) rows.doubled(handled), Double::sum);
            beside.end(figures);
            figures.put("ran", (double) steady + count + beside.sent);
        }
        return figures;
    }

    /** At a steady rate, whether the system keeps up or not: a late start counts from the time that was planned. */
    Map<String, Double> openLoop(int count, int perSecond, int millis, boolean failing) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            long start = System.nanoTime();
            Threads.each(count, i -> {
                long planned = start + i * 1_000_000_000L / perSecond;
                sleepUntil(planned);
                send(handled, i, planned, millis, failing);
            });
            rows.awaitAll(handled);
            Map<String, Double> figures = Workloads.figures(handled);
            figures.put("doubled", (double) rows.doubled(handled));
            return figures;
        }
    }

    private void send(Handled handled, int index, long startAt, int millis, boolean failing) {
        boolean fails = failing && index % 100 == 50;
        queue.sendWork(QUEUE, millis, new Call(handled.round(), index, startAt, millis, true, fails).argument());
    }

    private static void sleepUntil(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A short task of another queue every 50 ms, as long as it is open. Its wait shows how fair the system is. */
    final class Beside implements AutoCloseable {
        private final Handled handled = Handled.begin(100_000);
        private final Thread thread = new Thread(this::send, "fair");
        private volatile boolean ended;
        private int sent;

        Beside() {
            thread.start();
        }

        private void send() {
            long start = System.nanoTime();
            while (!ended) {
                queue.sendWork(
                        "fair", 0, new Call(handled.round(), sent++, System.nanoTime(), 0, true, false).argument());
                sleepUntil(start + sent * BESIDE_NANOS);
            }
        }

        void end(Map<String, Double> figures) throws Exception {
            ended = true;
            thread.join();
            handled.only(sent);
            rows.awaitAll(handled);
            figures.merge("doubled", (double) rows.doubled(handled), Double::sum);
            figures.put("fair p50", handled.percentile(50));
            figures.put("fair p99", handled.percentile(99));
        }

        @Override
        public void close() {
            ended = true;
            handled.close();
        }
    }
}
