package dev.errand.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The queues with waiting tasks of one application, for the time in which more tasks are due than a search by time shows. A walk over all
 * queues takes longer the more queues there are. So the result of a long walk is kept for a multiple of its duration,
 * and queues that become due in the meantime are added. Thread-safe.
 */
final class Backlog {
    /** The longest walk that is not kept: a walk over a few queues costs no more than keeping its result. */
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** The divisor for the time spent on walks: they take no more than this part of it, however many queues wait. */
    private static final int SHARE = 20;

    /** The number of queues in the turns of one search. */
    static final int MOST = 10 * Turn.MOST;

    private final String application;
    private final LongSupplier nanoTime;
    private final Map<Integer, NameBag> due = new TreeMap<>(Collections.reverseOrder());
    private final PriorityQueue<WakeUp> later = new PriorityQueue<>(Comparator.comparing(WakeUp::at));
    private boolean lasts;
    private boolean walking;
    private boolean kept;
    private long keptUntil;
    private long seenTo;

    Backlog(String application, LongSupplier nanoTime) {
        this.application = application;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns whether to try a search by time. It shows whether the backlog still exists, and costs less than a long
     * walk.
     */
    synchronized boolean isUncertain() {
        return !lasts || kept && !walking && nanoTime.getAsLong() - keptUntil >= 0;
    }

    synchronized void begins() {
        lasts = true;
    }

    synchronized void ends() {
        lasts = false;
    }

    /**
     * Walks, unless a result is kept or another thread walks.
     *
     * @return whether it walked, so that all queues are known
     */
    boolean refresh(long now, Supplier<List<WakeUp>> walk) {
        long start = nanoTime.getAsLong();
        synchronized (this) {
            if (kept && (walking || start - keptUntil < 0)) {
                return false;
            }
            walking = true;
        }
        List<WakeUp> found = null;
        try {
            found = walk.get();
        } finally {
            walked(found, now, start);
        }
        return true;
    }

    private synchronized void walked(List<WakeUp> found, long now, long start) {
        walking = false;
        if (found != null) {
            long end = nanoTime.getAsLong();
            kept = end - start > SHORT_NANOS;
            keptUntil = end + SHARE * (end - start);
            seenTo = now - 1;
            due.clear();
            later.clear();
            add(found, now);
        }
    }

    private void add(Collection<WakeUp> found, long now) {
        for (WakeUp wakeUp : found) {
            if (wakeUp.due(now)) {
                due.computeIfAbsent(wakeUp.queue().priority(), priority -> new NameBag())
                        .add(wakeUp.queue().name());
            } else if (!wakeUp.paused()) {
                later.add(wakeUp);
            }
        }
    }

    /** Returns the time up to which wake-ups are known. */
    synchronized long seenTo() {
        return seenTo;
    }

    /** Adds the first wake-ups after {@link #seenTo}. Some wake-ups with the time of the last one may be missing. */
    synchronized void seen(List<WakeUp> found, long now) {
        add(found.stream().filter(wakeUp -> wakeUp.at() <= now).toList(), now);
        if (!found.isEmpty()) {
            long last = found.get(found.size() - 1).at();
            seenTo = Math.max(Math.min(last, now) - 1, Math.min(found.get(0).at(), now - 1));
        }
    }

    /** Notes that no more tasks can be locked in that queue. */
    synchronized void emptied(DueQueue queue) {
        NameBag bag = due.get(queue.priority());
        if (bag != null) {
            bag.remove(queue.name());
        }
    }

    /**
     * Returns turns with a random selection of the due queues.
     *
     * @param paused the queues that are left out until the next walk
     */
    synchronized List<Turn> turns(long now, Set<String> paused) {
        while (!later.isEmpty() && later.peek().at() <= now) {
            add(List.of(later.poll()), now);
        }
        List<Turn> turns = new ArrayList<>();
        int room = MOST;
        for (Map.Entry<Integer, NameBag> bag : due.entrySet()) {
            paused.forEach(bag.getValue()::remove);
            List<String> some = bag.getValue().sample(room);
            turns.addAll(Turn.of(application, bag.getKey(), some, bag.getValue().size()));
            room -= some.size();
        }
        return turns;
    }
}
