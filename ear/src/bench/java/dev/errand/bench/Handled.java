package dev.errand.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the handlers of one workload have seen: each task once, or the workload is void. Thread-safe. */
public final class Handled {
    private static final String FILLER = "x".repeat(80);
    private static volatile Handled current = new Handled(0, 0);

    private final long generation;
    private final AtomicIntegerArray times;
    private final AtomicLongArray delays;
    private final AtomicInteger different = new AtomicInteger();
    private volatile long lastAt;

    private Handled(long generation, int count) {
        this.generation = generation;
        times = new AtomicIntegerArray(count);
        delays = new AtomicLongArray(count);
    }

    /** From now on the tasks of this workload count, and no others. */
    static Handled begin(int count) {
        current = new Handled(System.nanoTime(), count);
        return current;
    }

    /** About a hundred bytes: which workload, which task, and when it should start, in nanoseconds of this process. */
    String argument(int index, long startAt) {
        return generation + ":" + index + ":" + startAt + ":" + FILLER;
    }

    /** Called by each handler, as the first thing it does. */
    public static void handle(String argument) {
        long now = System.nanoTime();
        String[] parts = argument.split(":", 4);
        Handled handled = current;
        if (Long.parseLong(parts[0]) == handled.generation) {
            handled.count(Integer.parseInt(parts[1]), now - Long.parseLong(parts[2]), now);
        }
    }

    private void count(int index, long delay, long now) {
        delays.set(index, delay);
        if (times.getAndIncrement(index) == 0) {
            lastAt = now;
            different.incrementAndGet();
        }
    }

    /** Waits until each was run. @return when the last one was, in nanoseconds of this process */
    long awaitAll() throws InterruptedException {
        int before = -1;
        for (int idle = 0; different.get() < times.length(); idle = different.get() == before ? idle + 1 : 0) {
            if (idle > 60_000) {
                throw new IllegalStateException("Lost: only " + different + " of " + times.length() + " were run");
            }
            before = different.get();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return lastAt;
    }

    /** How many were run more than once. */
    int doubled() {
        int doubled = 0;
        for (int i = 0; i < times.length(); i++) {
            if (times.get(i) > 1) {
                doubled++;
            }
        }
        return doubled;
    }

    /** In milliseconds, of the start after the time when it should have been. */
    double percentile(double percent) {
        long[] sorted = new long[delays.length()];
        Arrays.setAll(sorted, delays::get);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(percent / 100 * sorted.length))] / 1e6;
    }
}
