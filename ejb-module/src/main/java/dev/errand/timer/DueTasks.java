package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.queue.BatchGuard;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import dev.errand.run.RunningTasks;
import dev.errand.store.Due;
import dev.errand.store.DueRecords;
import dev.errand.store.ExpiredRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.Turn;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One look at the table: what is due is leased to this node. In a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueTasks {
    private static final int A_TIME = 500;

    /** The number of records after which a look goes no further: those that batch runners will run take no room. */
    private static final int MOST_SEEN = 1_000;

    /**
     * The longest look. Neither a batch runner nor another node can have what it has locked; and a look that runs into the
     * transaction's time-out has been in vain.
     */
    private static final Duration LOOK = Duration.ofMillis(500);

    @Inject
    DueRecords due;

    @Inject
    TaskTransitions transitions;

    @Inject
    ExpiredRecords expired;

    @Inject
    LostRuns lostRuns;

    @Inject
    HandlerRegistry handlers;

    @Inject
    RunningTasks running;

    @Inject
    InFlight inFlight;

    @Inject
    HandlerStats stats;

    @Inject
    BatchGuard batchGuard;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * The result of a look.
     *
     * @param messages to publish once the transaction has committed
     * @param taken the number of records it dealt with, in whatever way
     * @param runners the number of batch runners that gain by what is left to them: short tasks that may share a commit
     * @param runnerPriority the priority of the first of these
     * @param noRoom whether a record may be due that there was no room for, or no time
     * @param locked whether a record is due that another transaction has locked
     * @param later when the next record will be due, in milliseconds
     */
    public record Found(
            List<TaskMessage> messages,
            int taken,
            int runners,
            int runnerPriority,
            boolean noRoom,
            boolean locked,
            OptionalLong later) {}

    public Found take(int room) {
        long start = System.nanoTime();
        long now = clock.millis();
        long leaseEnd = now + config.lease().toMillis();
        Due look = due.look(now);
        List<TaskRecord> ready = new ArrayList<>();
        List<TaskRecord> shared = new ArrayList<>();
        int seen = 0;
        boolean noRoom = false;
        boolean lockedByOthers = false;
        for (Turn turn : look.turns()) {
            int left = room - ready.size();
            if (left <= 0 || seen >= MOST_SEEN || isOver(start, seen)) {
                noRoom = true;
                break;
            }
            List<TaskRecord> locked = due.lock(turn, now, left);
            noRoom |= turn.mayHaveMore(locked.stream().map(TaskRecord::queue).toList(), left);
            lockedByOthers |= locked.isEmpty();
            for (TaskRecord record : locked) {
                if (isOver(start, seen)) {
                    noRoom = true;
                    break;
                }
                seen++;
                if (runsHere(record, leaseEnd)) {
                    continue;
                }
                if (stats.shares(record, now) && !running.has(record)) {
                    shared.add(record);
                } else if (isReady(record, now)) {
                    ready.add(record);
                }
            }
        }
        transitions.lease(ready, config.node(), leaseEnd);
        List<TaskMessage> messages = new ArrayList<>();
        for (TaskRecord record : ready) {
            inFlight.put(record.id(), leaseEnd);
            messages.add(TaskMessage.of(record, leaseEnd));
        }
        if (batchGuard.leftDue(shared)) {
            runAlone(shared);
            // the next look, which follows at once, takes them as it takes all that run alone
            return new Found(messages, seen, 0, 0, true, lockedByOthers, look.later());
        }
        return new Found(
                messages,
                seen - shared.size(),
                runners(shared),
                shared.isEmpty() ? 0 : shared.get(0).priority(),
                noRoom,
                lockedByOthers,
                look.later());
    }

    /** Whether a look has lasted for long enough. One that has found something deals with one record at least. */
    private static boolean isOver(long start, int seen) {
        return seen > 0 && System.nanoTime() - start > LOOK.toNanos();
    }

    private void runAlone(List<TaskRecord> shared) {
        Set<String> tasks = shared.stream().map(TaskRecord::task).collect(Collectors.toCollection(TreeSet::new));
        stats.runAlone(tasks);
        LogMessage.LEFT_DUE.logAtMostOnceAMinute(tasks);
    }

    private int runners(List<TaskRecord> shared) {
        int most = shared.stream()
                .mapToInt(record -> stats.runners(record.task()))
                .max()
                .orElse(0);
        return Math.min(most, shared.size());
    }

    /** When the clock jumps forth, leases end that nobody has let go of: what this node runs is not lost. */
    private boolean runsHere(TaskRecord record, long leaseEnd) {
        boolean here = record.state() == TaskState.STARTED && running.has(record);
        if (here) {
            transitions.lease(List.of(record), config.node(), leaseEnd);
        }
        return here;
    }

    /**
     * The clock was set back: what was due stays due, and this node's leases are no longer than new ones would be.
     *
     * @param before what the clock showed before
     * @return how many records; call again until it is 0
     */
    public int clockSetBack(long before) {
        long now = clock.millis();
        return due.clockSetBack(config.node(), now, before, now + config.lease().toMillis(), A_TIME);
    }

    /**
     * Makes parked tasks that have a handler here due.
     *
     * @return how many, at most {@code limit}
     */
    public int unpark(int limit) {
        int unparked = 0;
        for (String task : due.parked(handlers.tasks())) {
            List<TaskRecord> locked = due.lockParked(task, limit - unparked);
            transitions.unpark(locked, clock.millis());
            unparked += locked.size();
            if (unparked >= limit) {
                break;
            }
        }
        return unparked;
    }

    /** What cannot go on the queue as it is becomes what it has to be. */
    private boolean isReady(TaskRecord record, long now) {
        if (record.state() == TaskState.STARTED) {
            lostRuns.lost(record, now);
            return false;
        }
        if (record.expired(now)) {
            expired.expire(record, now);
            LogMessage.EXPIRED.log(record.task(), record.id(), Instant.ofEpochMilli(record.expiry()));
            return false;
        }
        if (handlers.find(record.task()).isEmpty()) {
            transitions.park(record);
            LogMessage.NO_HANDLER.logAtMostOnceAMinute(record.task(), record.id(), handlers.tasks());
            return false;
        }
        return true;
    }
}
