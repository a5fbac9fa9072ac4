package dev.errand.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A backlog of very many tasks: sent in transactions of 100, then looked at, then run. */
final class Backlog {
    private static final int BATCH = 100;
    private static final int TIMES = 20;

    private final TaskQueue queue;
    private final Work work;

    Backlog(TaskQueue queue, Work work) {
        this.queue = queue;
        this.work = work;
    }

    Map<String, Double> run(int count) throws Exception {
        try (Handled handled = Handled.begin(count)) {
            queue.stopWorkers();
            double heap = heapMegabytes();
            long start = System.nanoTime();
            Threads.each(count / BATCH, n -> Workloads.send(queue, handled, n * BATCH, BATCH));
            double sent = count * 1e9 / (System.nanoTime() - start);
            double heapWaiting = heapMegabytes();
            Map<String, Double> asked = ask();
            long from = System.nanoTime();
            Map<String, Double> figures;
            try (Work.Beside beside = work.new Beside()) {
                queue.startWorkers();
                long end = handled.awaitAll();
                figures = Workloads.figures(handled);
                figures.put("sent/s", sent);
                figures.put("tasks/s", count * 1e9 / (end - from));
                beside.end(figures);
            }
            figures.put("heap before", heap);
            figures.put("heap", heapWaiting);
            figures.putAll(asked);
            return figures;
        }
    }

    /** The median of each question's answering times, in milliseconds. */
    private Map<String, Double> ask() {
        Map<String, Double> figures = new TreeMap<>();
        for (String question : queue.questions()) {
            double[] millis = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long start = System.nanoTime();
                queue.ask(question);
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            Arrays.sort(millis);
            figures.put(question + " ms", millis[TIMES / 2]);
        }
        return figures;
    }

    /** Returns the size of the live objects in megabytes. The second collection frees objects that the first has released from finalizers
     * and references. */
    static double heapMegabytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
