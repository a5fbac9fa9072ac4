package dev.errand.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** The threads that send. */
final class Threads {
    /** The number of threads unless a workload says otherwise. */
    private static final int EIGHT = 8;

    private Threads() {}

    /** Calls the action with each number below {@code count}. */
    static void each(int count, IntConsumer action) throws Exception {
        each(EIGHT, count, action);
    }

    /** Calls the action with each number below {@code count} from so many threads. */
    static void each(int senders, int count, IntConsumer action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try {
            List<Callable<Void>> parts = new ArrayList<>();
            for (int thread = 0; thread < senders; thread++) {
                int first = thread;
                parts.add(() -> {
                    for (int i = first; i < count; i += senders) {
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
