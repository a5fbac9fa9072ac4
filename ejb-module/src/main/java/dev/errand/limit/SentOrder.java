package dev.errand.limit;

import dev.errand.store.TaskRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The order of sending: microseconds, of which no two tasks that a node sends to a line have the same. Thread-safe. */
final class SentOrder {
    private static final long MICROS = TimeUnit.MILLISECONDS.toMicros(1);

    private final AtomicLong last = new AtomicLong();

    /** Returns the place in the order of a task that was sent earlier. */
    static long of(TaskRecord sent) {
        return sent.createdAt() * MICROS;
    }

    /** Returns the place in the order of a task that is being sent. */
    long next(TaskRecord task) {
        return last.updateAndGet(before -> Math.max(before + 1, of(task)));
    }
}
