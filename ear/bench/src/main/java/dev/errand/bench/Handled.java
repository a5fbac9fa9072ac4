package dev.errand.bench;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.sql.DataSource;

/**
 * The tasks that the handlers of one round have run: each once, or the round is void. For tasks that write a row, the rows count
 * ({@link Rows}), because a run that was rolled back is rightly repeated. Thread-safe.
 */
public final class Handled implements AutoCloseable {
    private static final Map<Long, Handled> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong(System.currentTimeMillis());

    private final long round = LAST.incrementAndGet();
    private final AtomicIntegerArray times;
    private final AtomicLongArray delays;
    private final AtomicInteger different = new AtomicInteger();
    private volatile int count;
    private volatile long lastAt;

    private Handled(int count) {
        this.count = count;
        times = new AtomicIntegerArray(count);
        delays = new AtomicLongArray(count);
    }

    /** Until it is closed, tasks of this round count. */
    static Handled begin(int count) {
        Handled handled = new Handled(count);
        OPEN.put(handled.round, handled);
        return handled;
    }

    long round() {
        return round;
    }

    /** Less were sent than there is room for. */
    void only(int sent) {
        count = sent;
    }

    int count() {
        return count;
    }

    String noop(int index, long startAt) {
        return Call.noop(round, index, startAt).argument();
    }

    /** Called by each handler that does nothing. */
    public static void handle(String argument) {
        seen(Call.read(argument));
    }

    /** Called by each handler where a task that fails is called no more often than it should be. */
    public static void work(String argument, DataSource database) throws SQLException {
        Call call = Call.read(argument);
        work(call, database, seen(call));
    }

    /**
     * Called by each handler that may be rolled back.
     *
     * @param first whether it was not retried yet
     */
    public static void work(String argument, DataSource database, boolean first) throws SQLException {
        Call call = Call.read(argument);
        seen(call);
        work(call, database, first);
    }

    /** Writes the row of a transaction that may send as well. */
    public static void write(String argument, DataSource database) throws SQLException {
        Rows.write(Call.read(argument), database);
    }

    private static void work(Call call, DataSource database, boolean first) throws SQLException {
        if (call.millis() > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(call.millis());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (call.fails() && first) {
            throw new Deliberate();
        }
        if (call.row()) {
            Rows.write(call, database);
        }
    }

    /** @return whether for the first time */
    private static boolean seen(Call call) {
        long now = System.nanoTime();
        Handled handled = OPEN.get(call.round());
        return handled != null && handled.count(call.index(), now - call.startAt(), now);
    }

    private boolean count(int index, long delay, long now) {
        if (times.getAndIncrement(index) > 0) {
            return false;
        }
        delays.set(index, delay);
        lastAt = now;
        different.incrementAndGet();
        return true;
    }

    /**
     * Waits until each was run.
     *
     * @return when the last one was, in nanoseconds of this process
     */
    long awaitAll() throws InterruptedException {
        int before = -1;
        for (int idle = 0; different.get() < count; idle = different.get() == before ? idle + 1 : 0) {
            if (idle > 60_000) {
                throw new IllegalStateException("Lost: only " + different + " of " + count + " were run");
            }
            before = different.get();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return lastAt;
    }

    /** How many were run more than once. */
    int doubled() {
        int doubled = 0;
        for (int i = 0; i < count; i++) {
            if (times.get(i) > 1) {
                doubled++;
            }
        }
        return doubled;
    }

    /** In milliseconds, of the first start after the time when it should have been. */
    double percentile(double percent) {
        long[] sorted = new long[count];
        Arrays.setAll(sorted, delays::get);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(percent / 100 * sorted.length))] / 1e6;
    }

    @Override
    public void close() {
        OPEN.remove(round);
    }
}
