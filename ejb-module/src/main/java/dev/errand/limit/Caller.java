package dev.errand.limit;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.queue.AfterCommit;
import dev.errand.store.LimitKey;
import dev.errand.store.LineRecords;
import dev.errand.store.LineRecords.InLine;
import dev.errand.store.PlaceRecords;
import dev.errand.store.PlaceRecords.Use;
import dev.errand.store.TaskTransitions;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Calls the next tasks of a line: as many as have room become due. Nothing is given to them in advance. They take their places
 * when they start, and a task that is not there by the end of a lease costs the others nothing. Each call is a transaction of its
 * own. It must begin after the commit that freed a place or added a task: then one of two that miss each other sees the other.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Caller {
    /** The time ahead for which tasks are called that wait for permits. */
    private static final long AHEAD_MILLIS = 1_000;

    /** The number of tasks that are called at once if their limit is gone. */
    private static final int MOST = 200;

    private static final int SPARE = 10;

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @Inject
    LimitValues values;

    @Inject
    PlaceRecords places;

    @Inject
    LineRecords lines;

    @Inject
    TaskTransitions transitions;

    @Inject
    AfterCommit afterCommit;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /** @return the wait in milliseconds after which to call again, at the latest; empty if the line is empty */
    public OptionalLong callNext(LimitKey limit) {
        if (!lines.exists(limit)) {
            return OptionalLong.empty();
        }
        InForce inForce = values.read(limit.name());
        long now = places.clock();
        long lease = config.lease().toMillis();
        Use use = places.use(limit, now);
        long room = inForce.concurrency() == 0 ? MOST : inForce.concurrency() - use.taken();
        long first = inForce.rate() == null ? 0 : firstPermit(limit, inForce, now);
        List<String> gone = new ArrayList<>();
        long earliest = Long.MAX_VALUE;
        int called = 0;
        for (InLine task : lines.first(limit, seen(inForce))) {
            if (task.state() == null || !task.state().canBecome(TaskState.STARTED)) {
                gone.add(task.waiting().taskId());
                continue;
            }
            Long before = task.waiting().calledAt();
            if (before != null && before > now - lease && !isTooLate(before, inForce, now, first, called)) {
                called++;
                continue;
            }
            if (before != null && before <= now && !task.blocked()) {
                // it is due, or on its way to a busy node: others need not wait for it
                continue;
            }
            Optional<Long> at = called < room ? time(inForce, now, first, called) : Optional.empty();
            if (at.isEmpty()) {
                break;
            }
            if (lines.call(task.waiting(), at.get())) {
                called++;
                long due = clock.millis() + at.get() - now;
                if (transitions.call(task.waiting().taskId(), due)) {
                    earliest = Math.min(earliest, due);
                }
            }
        }
        lines.remove(gone);
        if (earliest != Long.MAX_VALUE) {
            afterCommit.publish(List.of(), earliest);
        }
        return OptionalLong.of(Math.max(1, use.firstLeaseEnd().orElse(now + lease) - now));
    }

    /** Returns whether a task was called for a time that is later than now needed: the rate was raised, or the clock was set back. */
    private static boolean isTooLate(long at, InForce inForce, long now, long first, int before) {
        return at > now + AHEAD_MILLIS
                && time(inForce, now, first, before)
                        .filter(next -> at > next + AHEAD_MILLIS)
                        .isPresent();
    }

    /** Returns the number of tasks to look at: those that were called, and those that may be called now. */
    private static int seen(InForce inForce) {
        long perSecond = inForce.rate() == null
                ? 0
                : TimeUnit.SECONDS.toNanos(1) / inForce.rate().intervalNanos() + inForce.burst();
        long wanted = inForce.concurrency() == 0 && inForce.rate() == null
                ? MOST
                : inForce.concurrency() == 0 ? perSecond : inForce.concurrency();
        return (int) Math.min(wanted, MOST) + SPARE;
    }

    /** Returns the time at which the next permit comes, in milliseconds of the database's clock; it may be in the past. */
    private long firstPermit(LimitKey limit, InForce inForce, long now) {
        long interval = inForce.rate().intervalNanos();
        long next = places.permits(limit, interval, inForce.burst(), 0).next();
        return Math.max(next, now - TimeUnit.NANOSECONDS.toMillis((inForce.burst() - 1) * interval));
    }

    /**
     * Returns the time at which a task gets its permit, in milliseconds of the database's clock.
     *
     * @param first the time at which the next permit comes
     * @param before the number of tasks that were called before it
     * @return empty if that is too far ahead
     */
    private static Optional<Long> time(InForce inForce, long now, long first, int before) {
        if (inForce.rate() == null) {
            return Optional.of(now);
        }
        // rounded up: a task that comes too early goes back to the line
        long wait = (before * inForce.rate().intervalNanos() + MILLI - 1) / MILLI;
        long at = Math.max(now, first + wait);
        return before > 0 && at > now + AHEAD_MILLIS ? Optional.empty() : Optional.of(at);
    }
}
