package dev.errand.limit;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.LimitRules;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.store.LimitKey;
import dev.errand.store.LineRecords;
import dev.errand.store.LineRecords.Entry;
import dev.errand.store.LineRecords.Waiting;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The limits of tasks, for the parts of the engine that send, find and run them. Tasks without a limit cost a look at a map. Thread-safe. */
@ApplicationScoped
public class Limits {
    /** The number of attempts to enter, because the database may end one of two transactions that wait for each other. */
    private static final int TRIES = 3;

    private static final int STAND_TRIES = 10;
    private static final long STAND_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @Inject
    LimitRules rules;

    @Inject
    LimitValues values;

    @Inject
    Gate gate;

    @Inject
    LineWatch watch;

    @Inject
    LineRecords lines;

    @Inject
    TaskTransitions transitions;

    @Inject
    AfterCommit afterCommit;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private final SentOrder order = new SentOrder();
    private final Set<String> holders = ConcurrentHashMap.newKeySet();

    /** Returns whether the task has a limit. */
    public boolean limits(String task) {
        return !rules.of(task).isEmpty();
    }

    /** Returns whether tasks of this name may share a commit. Those that run one after the other do not, because of their order. */
    public boolean share(String task) {
        return rules.of(task).stream().noneMatch(rule -> values.lastRead(rule).serial());
    }

    /**
     * Takes the places and permits of a run that is about to start. A task that gets none waits in the line from then on, and
     * must not run.
     */
    public Stay enter(String task, String id, int run) {
        if (!limits(task)) {
            return Stay.FREE;
        }
        String holder = UUID.randomUUID().toString();
        Gate.Answer answer = patiently(() -> gate.enter(id, run, holder)).orElse(null);
        if (answer == null) {
            return Stay.gone(id);
        }
        Stay stay = stay(holder, answer);
        LimitKey refusedBy = answer.refused().get(id);
        if (refusedBy != null) {
            try {
                stand(id, run, refusedBy);
            } finally {
                leave(stay);
            }
            watch.waits(refusedBy);
            call(Set.of(refusedBy));
        }
        // the next tasks of a line may wait for permits only
        call(answer.left());
        return stay;
    }

    /**
     * Takes the places and permits of runs that one thread does one after the other. The caller has locked the tasks, and calls
     * {@link #stand} for those that are refused.
     */
    public Stay enter(Collection<TaskRecord> tasks) {
        if (tasks.stream().noneMatch(task -> limits(task.task()))) {
            return Stay.FREE;
        }
        String holder = UUID.randomUUID().toString();
        Gate.Answer answer = patiently(() -> gate.enter(tasks, holder));
        answer.refused().values().forEach(watch::waits);
        answer.left().forEach(watch::soon);
        return stay(holder, answer);
    }

    /** Tries again for a moment: a look for due tasks may have locked the task. In vain, it is due when its lease ends. */
    private void stand(String id, int run, LimitKey limit) {
        for (int tries = 1; !gate.stand(id, run, limit) && tries < STAND_TRIES; tries++) {
            LockSupport.parkNanos(STAND_PAUSE_NANOS);
        }
    }

    private Stay stay(String holder, Gate.Answer answer) {
        if (!answer.held().isEmpty()) {
            holders.add(holder);
        }
        return new Stay(holder, answer.held(), answer.refused());
    }

    private <T> T patiently(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (tries == TRIES || monitor.isCauseOf(e)) {
                    throw e;
                }
            }
        }
    }

    /** Ends a stay: its places are free, and the next tasks of the lines are called. Never throws: leases free the places as well. */
    public void leave(Stay stay) {
        if (stay.held().isEmpty()) {
            return;
        }
        holders.remove(stay.holder());
        try {
            gate.free(stay.held(), stay.holder());
        } catch (RuntimeException e) {
            failed(e);
        }
        call(stay.held());
    }

    /** Never throws: the slow beat calls as well, and a run must not suffer. */
    private void call(Set<LimitKey> limits) {
        try {
            for (LimitKey limit : limits) {
                watch.call(limit);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        if (!monitor.isCauseOf(e)) {
            LogMessage.LIMIT_FAILED.logAtMostOnceAMinute(e);
        }
    }

    /** Prolongs the places of the runs on this node. Must be called once a second. */
    public void renew() {
        List<String> lasting = List.copyOf(holders);
        if (!lasting.isEmpty()) {
            gate.renew(lasting);
        }
    }

    /** Makes tasks wait in a line that the caller has locked, in the caller's transaction. */
    public void stand(Collection<TaskRecord> locked, Map<String, LimitKey> limits) {
        List<TaskRecord> standing =
                locked.stream().filter(task -> limits.containsKey(task.id())).toList();
        lines.put(
                standing.stream()
                        .map(task -> new Entry(task, limits.get(task.id()), SentOrder.of(task)))
                        .toList(),
                clock.millis());
        transitions.waitForCall(standing);
        callAfterCommit(limits.values());
    }

    private void callAfterCommit(Collection<LimitKey> limits) {
        Set<LimitKey> different = Set.copyOf(limits);
        if (!different.isEmpty()) {
            afterCommit.then(() -> different.forEach(watch::soon));
        }
    }

    /**
     * Makes due tasks wait in a line, in the transaction that has locked them, if it is known that they would be refused.
     *
     * @return the other tasks
     */
    public List<TaskRecord> runnable(List<TaskRecord> locked) {
        Map<String, LimitKey> waiting = new HashMap<>();
        for (TaskRecord task : locked) {
            if (limits(task.task())) {
                waitsFor(Bound.of(rules.of(task.task()), task), Map.of())
                        .ifPresent(limit -> waiting.put(task.id(), limit));
            }
        }
        if (waiting.isEmpty()) {
            return locked;
        }
        lines.find(waiting.keySet()).stream()
                .filter(task -> task.calledAt() != null)
                .map(Waiting::taskId)
                .forEach(waiting::remove);
        stand(locked, waiting);
        return locked.stream().filter(task -> !waiting.containsKey(task.id())).toList();
    }

    /** Returns the limit that a task waits for from the beginning; empty if it may try to start. */
    private Optional<LimitKey> waitsFor(List<Bound> bounds, Map<LimitKey, Long> sent) {
        return bounds.stream()
                .filter(bound -> {
                    InForce inForce = values.lastRead(bound.rule());
                    return inForce.serial()
                            || watch.isFull(bound.key())
                            || sent.getOrDefault(bound.key(), 0L) > inForce.capacity();
                })
                .map(Bound::key)
                .findFirst();
    }

    /**
     * Finds the tasks that wait in a line from their sending on, and makes their records wait. A node that only sends leaves
     * them to the others.
     *
     * @return the tasks, for {@link #sent}
     */
    public List<Entry> send(List<TaskRecord> tasks) {
        if (rules.isEmpty() || config.sender() || tasks.stream().noneMatch(task -> limits(task.task()))) {
            return List.of();
        }
        long now = clock.millis();
        Map<TaskRecord, List<Bound>> bounds = new HashMap<>();
        tasks.stream()
                .filter(task -> task.dueAt() <= now)
                .forEach(task -> bounds.put(task, Bound.of(rules.of(task.task()), task)));
        Map<LimitKey, Long> sent = bounds.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Bound::key, Collectors.counting()));
        List<Entry> waiting = new ArrayList<>();
        for (TaskRecord task : tasks) {
            if (bounds.containsKey(task)) {
                waitsFor(bounds.get(task), sent).ifPresent(limit -> {
                    task.waitForCall();
                    waiting.add(new Entry(task, limit, order.next(task)));
                });
            }
        }
        return waiting;
    }

    /** Puts tasks that were just inserted into their lines, in the sender's transaction. */
    public void sent(List<Entry> waiting) {
        if (!waiting.isEmpty()) {
            lines.add(waiting, clock.millis());
            Set<LimitKey> limits = new HashSet<>();
            waiting.forEach(entry -> limits.add(entry.limit()));
            callAfterCommit(limits);
        }
    }
}
