package dev.errand.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The queues with waiting tasks while more is due than a look by time shows. A walk over all of them takes the longer the more
 * they are; so a long one is kept for a multiple of its time, and queues that become due meanwhile are added. Thread-safe.
 */
final class Backlog {
    /** A walk over a few queues costs no more than keeping it. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** However many queues wait, walks take no more than this part of the time. */
    private static final int SHARE = 20;

    private final LongSupplier nanoTime;
    private final Map<DueQueue, WakeUp> first = new HashMap<>();
    private boolean lasts;
    private boolean walking;
    private boolean walked;
    private long keptUntil;

    Backlog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether there was a backlog at the last look. */
    synchronized boolean lasts() {
        return lasts;
    }

    synchronized void begins() {
        lasts = true;
    }

    synchronized void ends() {
        lasts = false;
    }

    /**
     * Walks, unless a walk is kept or another thread walks.
     *
     * @return whether it walked: what is kept is complete
     */
    boolean refresh(Supplier<List<WakeUp>> walk) {
        long start = nanoTime.getAsLong();
        synchronized (this) {
            if (walked && (walking || start - keptUntil < 0)) {
                return false;
            }
            walking = true;
        }
        List<WakeUp> found = null;
        try {
            found = walk.get();
        } finally {
            keep(found, start);
        }
        return true;
    }

    private synchronized void keep(List<WakeUp> found, long start) {
        walking = false;
        if (found != null) {
            long end = nanoTime.getAsLong();
            keptUntil = end - start > SHORT_NANOS ? end + SHARE * (end - start) : end;
            walked = true;
            first.clear();
            add(found);
        }
    }

    /** Adds wake-ups that a look by time has shown. */
    synchronized void add(Collection<WakeUp> found) {
        found.forEach(wakeUp ->
                first.merge(wakeUp.queue(), wakeUp, (known, other) -> known.at() <= other.at() ? known : other));
    }

    /** Nothing more can be locked in that queue. */
    synchronized void emptied(DueQueue queue) {
        first.remove(queue);
    }

    /** The first wake-up of each queue, as far as known. */
    synchronized List<WakeUp> wakeUps() {
        return List.copyOf(first.values());
    }
}
