package dev.errand.timer;

import dev.errand.log.LogMessage;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeated work, driven by a timer of the server that is set again each time, so that long work never overlaps with the
 * next round. The work continues even if the server does not set or fire a timer: {@link Watchdog} checks it.
 * Thread-safe.
 */
final class WatchedTimer {
    /** The delay after which a timer is considered lost. */
    static final long LATE_MILLIS = 5_000;

    /**
     * The time by which a timer may fire early. One that fires earlier than that is stale: the machine's clock was set,
     * or another timer was set since.
     */
    private static final long EARLY_MILLIS = 200;

    private final String name;
    private final Supplier<TimerService> timers;
    private final LongSupplier nanoTime;
    private final LongSupplier work;
    private boolean stopped = true;
    private boolean atWork;
    private Timer timer;
    private long dueAt;
    private RuntimeException failure;

    /**
     * Creates the timer without setting it.
     *
     * @param work returns the number of milliseconds until it must be done again
     */
    WatchedTimer(String name, Supplier<TimerService> timers, LongSupplier work) {
        this(name, timers, System::nanoTime, work);
    }

    WatchedTimer(String name, Supplier<TimerService> timers, LongSupplier nanoTime, LongSupplier work) {
        this.name = name;
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.work = work;
    }

    synchronized void start(long waitMillis) {
        stopped = false;
        set(waitMillis);
    }

    synchronized void stop() {
        stopped = true;
    }

    /** Handles a timer that fires. */
    void fired() {
        if (begins()) {
            work();
        }
    }

    private synchronized boolean begins() {
        if (stopped || atWork) {
            return false;
        }
        long early = TimeUnit.NANOSECONDS.toMillis(dueAt - nanoTime.getAsLong());
        if (early > EARLY_MILLIS) {
            set(early);
            return false;
        }
        timer = null;
        atWork = true;
        return true;
    }

    /** Does the work if it is due and no timer has begun it. Must be called once a second. */
    void watch() {
        if (isLate()) {
            work();
        }
    }

    private synchronized boolean isLate() {
        long late = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - dueAt);
        if (stopped || atWork || late < (failure == null ? LATE_MILLIS : 0)) {
            return false;
        }
        LogMessage.TIMER_FAILED.logAtMostOnceAMinute(name, failure == null ? late + " ms late" : failure);
        cancel();
        atWork = true;
        return true;
    }

    private void work() {
        long wait = LATE_MILLIS;
        try {
            wait = work.getAsLong();
        } finally {
            done(wait);
        }
    }

    private synchronized void done(long waitMillis) {
        atWork = false;
        if (!stopped) {
            set(waitMillis);
        }
    }

    private void set(long waitMillis) {
        cancel();
        dueAt = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        try {
            timer = timers.get().createSingleActionTimer(waitMillis, new TimerConfig(name, false));
            failure = null;
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void cancel() {
        if (timer != null) {
            try {
                timer.cancel();
            } catch (RuntimeException e) {
                // the timer fires at this moment, and finds that the work is not due
            }
            timer = null;
        }
    }
}
