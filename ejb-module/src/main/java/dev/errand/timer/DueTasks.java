package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.FuseRule;
import dev.errand.handler.FuseRules;
import dev.errand.handler.HandlerRegistry;
import dev.errand.limit.Limits;
import dev.errand.log.LogMessage;
import dev.errand.queue.BatchGuard;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.InFlight;
import dev.errand.queue.Routes;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.run.RunningTasks;
import dev.errand.store.Due;
import dev.errand.store.DueRecords;
import dev.errand.store.ExpiredRecords;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.NodeRecords;
import dev.errand.store.NodeRecords.Claim;
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

/** One search of the table: due records are leased to this node. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueTasks {
    /** Records per transaction after the clock was set back. */
    private static final int CLOCK_CHUNK = 500;

    /**
     * The number of records after which a search ends. The limit is needed because records that are left to batch
     * runners take no room.
     */
    private static final int MOST_SEEN = 1_000;

    /**
     * The longest search. Neither a batch runner nor another node can take the records that it has locked, and a search
     * that reaches the transaction's time-out is wasted.
     */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** The number of held names that are looked at in one transaction. */
    private static final int MOST_HELD = 1_000;

    /** The number of held tasks of a name among which a probe is chosen. */
    private static final int PROBES = 20;

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
    Orphans orphans;

    @Inject
    Routes routes;

    @Inject
    NodeRecords nodes;

    @Inject
    RunningTasks running;

    @Inject
    InFlight inFlight;

    @Inject
    HandlerStats stats;

    @Inject
    Limits limits;

    @Inject
    BatchGuard batchGuard;

    @Inject
    StartGate gate = StartGate.OPEN;

    @Inject
    HandlerRecords handlerRecords;

    @Inject
    FuseRules fuses;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * The result of a search.
     *
     * @param messages to publish once the transaction has committed
     * @param taken the number of records that were handled, in any way
     * @param runners the number of batch runners that can work on the remaining records: short tasks that may share a
     *     commit
     * @param runnerPriority the priority of the first of these records
     * @param noRoom whether another record may be due for which there was no room or no time
     * @param locked whether a record is due that another transaction has locked
     * @param later the time at which the next record is due, in milliseconds
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
        List<TaskRecord> held = new ArrayList<>();
        int seen = 0;
        int left = 0;
        boolean noRoom = false;
        boolean lockedByOthers = false;
        for (Turn turn : look.turns()) {
            int free = room - ready.size();
            if (free <= 0 || seen >= MOST_SEEN || isTimeUp(start, seen)) {
                noRoom = true;
                break;
            }
            // many held tasks at once, so that they are soon out of the way of the others
            int most = gate.holding() ? MOST_SEEN : free;
            List<TaskRecord> locked = due.lock(turn, now, most);
            noRoom |= turn.mayHaveMore(locked.stream().map(TaskRecord::queue).toList(), most);
            lockedByOthers |= locked.isEmpty();
            for (TaskRecord record : locked) {
                if (isTimeUp(start, seen)) {
                    noRoom = true;
                    break;
                }
                seen++;
                if (runsHere(record, leaseEnd)) {
                    continue;
                }
                if (gate.holds(record)) {
                    held.add(record);
                } else if (stats.shares(record, now)
                        && limits.share(record.task())
                        && gate.shares(record)
                        && !running.has(record)) {
                    shared.add(record);
                } else if (ready.size() >= room) {
                    left++;
                    noRoom = true;
                } else if (isReady(record, now)) {
                    if (gate.take(record, leaseEnd)) {
                        ready.add(record);
                    } else {
                        // due as it was; the sweep follows when a place is free
                        left++;
                    }
                }
            }
        }
        ready = limits.runnable(ready);
        shared = limits.runnable(shared);
        transitions.lease(ready, config.node(), leaseEnd);
        hold(held);
        gate.holding(!held.isEmpty());
        List<TaskMessage> messages = new ArrayList<>();
        for (TaskRecord record : ready) {
            inFlight.put(record.id(), leaseEnd);
            messages.add(TaskMessage.of(record, leaseEnd));
        }
        if (batchGuard.leftDue(shared)) {
            runAlone(shared);
            // the next search, which follows at once, takes these records as it takes all that run alone
            return new Found(messages, seen - left, 0, 0, true, lockedByOthers, look.later());
        }
        return new Found(
                messages,
                seen - shared.size() - left,
                runners(shared),
                shared.isEmpty() ? 0 : shared.get(0).priority(),
                noRoom,
                lockedByOthers,
                look.later());
    }

    /**
     * Returns whether a search has lasted long enough. A search that has found records handles at least one of them.
     */
    private static boolean isTimeUp(long start, int seen) {
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

    /**
     * Returns whether this node runs the record's task. When the clock jumps forward, leases end although no node has
     * failed; the runs of this node are not lost.
     */
    private boolean runsHere(TaskRecord record, long leaseEnd) {
        boolean here = record.state() == TaskState.STARTED && running.has(record);
        if (here) {
            transitions.lease(List.of(record), config.node(), leaseEnd);
        }
        return here;
    }

    /**
     * Adapts records after the clock was set back: due records stay due, and this node's leases last no longer than new
     * ones.
     *
     * @param before the time of the clock before it was set
     * @return the number of records; call again until it is 0
     */
    public int clockSetBack(long before) {
        long now = clock.millis();
        return due.clockSetBack(config.node(), now, before, now + config.lease().toMillis(), CLOCK_CHUNK);
    }

    /**
     * Makes parked tasks due that have a handler on this node.
     *
     * @return the number of tasks, at most {@code limit}
     */
    public int unpark(int limit) {
        int unparked = 0;
        for (String task : due.parked(handlers.tasks())) {
            List<TaskRecord> locked = due.lockParked(task, limit - unparked);
            transitions.unpark(locked, config.application(), clock.millis());
            unparked += locked.size();
            if (unparked >= limit) {
                break;
            }
        }
        return unparked;
    }

    private void hold(List<TaskRecord> held) {
        held.stream()
                .collect(Collectors.groupingBy(TaskRecord::task))
                .forEach((task, records) -> transitions.hold(records, task));
    }

    /**
     * Lets held tasks go whose name is no longer paused.
     *
     * @return the number of tasks, at most {@code limit}
     */
    public int letGo(int limit) {
        int gone = 0;
        for (String task : due.held(MOST_HELD)) {
            if (gone < limit && !gate.isHeld(task)) {
                List<TaskRecord> locked = due.lockHeld(task, limit - gone);
                transitions.letGo(locked);
                gone += locked.size();
            }
        }
        return gone;
    }

    /**
     * Leases a held task of each blown fuse that is to be tried: if it succeeds, the fuse closes.
     *
     * @return the messages to publish once the transaction has committed
     */
    public List<TaskMessage> probe() {
        long now = clock.millis();
        long leaseEnd = now + config.lease().toMillis();
        List<TaskMessage> messages = new ArrayList<>();
        for (Hold hold : gate.probesDue(now)) {
            FuseRule fuse = fuses.find(hold.task()).orElse(null);
            if (fuse == null || inFlight.room() == 0) {
                continue;
            }
            due.lockHeld(hold.task(), PROBES).stream()
                    .filter(record -> gate.opens(record.queue()) && !record.expired(now))
                    .findFirst()
                    .filter(record -> handlerRecords.probe(
                            record.task(),
                            hold.probeAt(),
                            record.id(),
                            now + fuse.retryAfter().toMillis()))
                    .ifPresent(record -> {
                        transitions.lease(List.of(record), config.node(), leaseEnd);
                        inFlight.put(record.id(), leaseEnd);
                        messages.add(TaskMessage.of(record, leaseEnd));
                        LogMessage.FUSE_PROBED.log(record.task(), record.id());
                    });
        }
        return messages;
    }

    /** Returns the first names of parked tasks. */
    public List<String> parked(int most) {
        return due.parked(most);
    }

    /**
     * Makes waiting tasks follow that this application has claimed from another one.
     *
     * @return the number of tasks, at most {@code limit}
     */
    public int follow(int limit) {
        int followed = 0;
        for (Claim claim : routes.moving()) {
            int before = followed;
            for (String application : claim.movedFrom()) {
                List<TaskRecord> locked = due.lockOf(application, claim.task(), limit - followed);
                transitions.assign(locked, config.application());
                followed += locked.size();
                if (followed >= limit) {
                    return followed;
                }
            }
            if (followed == before) {
                nodes.moved(claim);
            }
        }
        return followed;
    }

    /** Returns whether the record can go on the queue as it is; changes its state otherwise. */
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
            orphans.settle(record, now);
            return false;
        }
        return true;
    }
}
