package dev.errand.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The workloads, run in the process of the system that is measured. */
public final class Workloads {
    private static final int THREADS = 8;
    private static final int BATCH = 100;

    private final TaskQueue queue;

    public Workloads(TaskQueue queue) {
        this.queue = queue;
    }

    /** @return figures by name */
    public Map<String, Double> run(String workload, int count) throws Exception {
        return switch (workload) {
            case "W1" -> throughput(count, 1, false);
            case "W2" -> throughput(count, BATCH, false);
            case "W3" -> throughput(count, BATCH, true);
            case "W4" -> latency(count);
            case "W5" -> delayed(count);
            default -> throw new IllegalArgumentException("No workload " + workload);
        };
    }

    /** Sent by 8 threads, so many in a transaction; with the workers on, or drained afterwards. */
    private Map<String, Double> throughput(int count, int batch, boolean drain) throws Exception {
        Handled handled = Handled.begin(count);
        if (drain) {
            queue.stopWorkers();
        }
        long start = System.nanoTime();
        parallel(count / batch, n -> send(handled, n * batch, batch));
        long sent = System.nanoTime();
        long from = start;
        if (drain) {
            from = System.nanoTime();
            queue.startWorkers();
        }
        long end = handled.awaitAll();
        Map<String, Double> figures = figures(handled);
        figures.put("sent/s", count * 1e9 / (sent - start));
        figures.put("tasks/s", count * 1e9 / (end - from));
        return figures;
    }

    private void send(Handled handled, int first, int batch) {
        if (batch == 1) {
            queue.send(handled.argument(first, System.nanoTime()));
        } else {
            queue.sendAll(IntStream.range(first, first + batch)
                    .mapToObj(i -> handled.argument(i, System.nanoTime()))
                    .toList());
        }
    }

    /** One every 50 ms. */
    private Map<String, Double> latency(int count) throws Exception {
        Handled handled = Handled.begin(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            TimeUnit.NANOSECONDS.sleep(start + i * 50_000_000L - System.nanoTime());
            queue.send(handled.argument(i, System.nanoTime()));
        }
        handled.awaitAll();
        return figures(handled);
    }

    /** Due evenly within ten seconds, of which the first begins when all are sent. */
    private Map<String, Double> delayed(int count) throws Exception {
        Handled handled = Handled.begin(count);
        long nanos = System.nanoTime() + 10_000_000_000L;
        Instant first = Instant.now().plusSeconds(10);
        parallel(count, i -> {
            long after = i * 10_000_000_000L / count;
            queue.sendAt(handled.argument(i, nanos + after), first.plusNanos(after));
        });
        if (System.nanoTime() > nanos) {
            throw new IllegalStateException("Sending took longer than the delay");
        }
        handled.awaitAll();
        return figures(handled);
    }

    private static Map<String, Double> figures(Handled handled) throws InterruptedException {
        // one that is run twice would be a little later
        TimeUnit.MILLISECONDS.sleep(500);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("doubled", (double) handled.doubled());
        for (double percent : new double[] {0, 50, 95, 99, 100}) {
            figures.put("p" + (int) percent, handled.percentile(percent));
        }
        return figures;
    }

    private static void parallel(int count, IntConsumer action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                parts.add(() -> {
                    for (int i = first; i < count; i += THREADS) {
                        action.accept(i);
                    }
                    return null;
                });
            }
            for (Future<Void> part : threads.invokeAll(parts)) {
                part.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
