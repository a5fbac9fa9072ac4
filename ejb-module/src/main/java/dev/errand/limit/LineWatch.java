package dev.errand.limit;

import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.queue.SweepTrigger;
import dev.errand.store.LimitKey;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Calls the next tasks of lines: at once where a place has become free or a task has come, and at the sweep's slow beat in all
 * lines, so that whatever a node leaves behind is found. Thread-safe.
 */
@ApplicationScoped
public class LineWatch {
    private static final long BEAT_MILLIS = 10_000;

    /** The wait after a look that failed, or did not come to the last line. */
    private static final long AGAIN_MILLIS = 1_000;

    /** The time for the lines of one beat; the next look continues. */
    private static final Duration WORK = Duration.ofMillis(200);

    /** The time for which a limit counts as full after a task was refused. */
    private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The number of limits of which a node keeps that they are full. */
    private static final int MOST_FULL = 10_000;

    private static final LimitKey BEFORE_ALL = new LimitKey("", "");

    @Inject
    Caller caller;

    @Inject
    Lines lines;

    @Inject
    SweepTrigger trigger;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    @EngineClock
    Clock clock;

    private final Set<LimitKey> soon = ConcurrentHashMap.newKeySet();
    private final Map<LimitKey, Long> full = new ConcurrentHashMap<>();
    private final Map<LimitKey, Long> later = new ConcurrentHashMap<>();
    private LimitKey walked = BEFORE_ALL;
    private volatile long beatAt;

    /** Notes that a task was refused, so that the next ones go to the line without an attempt. */
    void waits(LimitKey limit) {
        if (full.size() < MOST_FULL || full.containsKey(limit)) {
            full.put(limit, System.nanoTime());
        } else {
            full.clear();
        }
    }

    /** Returns whether a task of the limit would probably be refused. */
    boolean isFull(LimitKey limit) {
        Long since = full.get(limit);
        return since != null && System.nanoTime() - since < FULL_NANOS;
    }

    /** Has the sweep's thread call the next tasks of a line. May be called where a transaction ends. */
    void soon(LimitKey limit) {
        soon.add(limit);
        trigger.request(clock.millis());
    }

    /** Looks at all lines soon, because an administrator has changed a limit. */
    public void all() {
        beatAt = 0;
        trigger.force();
    }

    /** Calls the next tasks of a line, in a transaction of its own. */
    void call(LimitKey limit) {
        OptionalLong again = caller.callNext(limit);
        if (again.isPresent()) {
            // while tasks wait, others go to the line as well
            waits(limit);
            later.put(limit, clock.millis() + again.getAsLong());
        } else {
            full.remove(limit);
            later.remove(limit);
        }
    }

    /** Calls where a task has come, or has made room for the next one. Never throws: the beat looks at all lines. */
    public void callSoon() {
        try {
            callEach();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        if (!monitor.isCauseOf(e)) {
            LogMessage.LIMIT_FAILED.logAtMostOnceAMinute(e);
        }
    }

    private void callEach() {
        for (Iterator<LimitKey> some = soon.iterator(); some.hasNext(); ) {
            LimitKey limit = some.next();
            some.remove();
            call(limit);
        }
    }

    /**
     * Calls where it is time.
     *
     * @param latest the latest time of the next call
     * @return the time of the next call
     */
    public long look(long latest) {
        long now = clock.millis();
        try {
            callEach();
            for (Map.Entry<LimitKey, Long> due : Map.copyOf(later).entrySet()) {
                if (due.getValue() <= now) {
                    call(due.getKey());
                }
            }
            if (now - beatAt >= BEAT_MILLIS || now < beatAt) {
                beatAt = walk() ? now : 0;
            }
        } catch (RuntimeException e) {
            failed(e);
            return Math.min(latest, now + AGAIN_MILLIS);
        }
        if (beatAt == 0) {
            return Math.min(latest, now + AGAIN_MILLIS);
        }
        long next = later.values().stream().mapToLong(Long::longValue).min().orElse(latest);
        return Math.min(latest, Math.max(next, now + 1));
    }

    /** @return whether it has come to the last line */
    private boolean walk() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WORK.toNanos()) {
            Optional<LimitKey> next = lines.next(walked);
            if (next.isEmpty()) {
                walked = BEFORE_ALL;
                return true;
            }
            walked = next.get();
            call(walked);
        }
        return false;
    }
}
