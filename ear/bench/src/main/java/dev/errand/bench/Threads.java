package dev.errand.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** The eight that send. */
final class Threads {
    private static final int COUNT = 8;

    private Threads() {}

    /** Calls the action with each number below {@code count}. */
    static void each(int count, IntConsumer action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(COUNT);
        try {
            List<Callable<Void>> parts = new ArrayList<>();
            for (int thread = 0; thread < COUNT; thread++) {
                int first = thread;
                parts.add(() -> {
                    for (int i = first; i < count; i += COUNT) {
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
