package dev.errand.limit;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.LimitRules;
import dev.errand.store.LimitKey;
import dev.errand.store.LineRecords;
import dev.errand.store.LineRecords.Entry;
import dev.errand.store.LineRecords.Waiting;
import dev.errand.store.PlaceRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives places and permits to runs that are about to start. Each call is a transaction of its own: a place must be visible to
 * the other nodes before the handler is called, and a permit that was given stays used whatever becomes of the run.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Gate {
    @Inject
    LimitRules rules;

    @Inject
    LimitValues values;

    @Inject
    PlaceRecords places;

    @Inject
    LineRecords lines;

    @Inject
    TaskRecords records;

    @Inject
    TaskTransitions transitions;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * The answer to runs that want to start together, one after the other.
     *
     * @param refused the tasks that must wait, each with the limit that has no room
     * @param held the limits of which the runs share a place
     * @param left the lines that tasks have left
     */
    public record Answer(Map<String, LimitKey> refused, Set<LimitKey> held, Set<LimitKey> left) {}

    /**
     * Lets one run start.
     *
     * @return empty if the task is no longer at this run, so that it must not start
     */
    public Optional<Answer> enter(String taskId, int run, String holder) {
        return records.find(taskId)
                .filter(record -> record.run() == run && record.state().canBecome(TaskState.STARTED))
                .map(record -> record.expired(clock.millis()) ? NOTHING : enter(List.of(record), holder));
    }

    /** The answer to a run that does not call its handler, because its task has expired. */
    private static final Answer NOTHING = new Answer(Map.of(), Set.of(), Set.of());

    /** Lets runs start that one thread does one after the other, so that they share the place of each limit. */
    public Answer enter(Collection<TaskRecord> tasks, String holder) {
        Map<LimitKey, List<TaskRecord>> under = new TreeMap<>();
        for (TaskRecord task : tasks) {
            for (Bound bound : Bound.of(rules.of(task.task()), task)) {
                under.computeIfAbsent(bound.key(), any -> new ArrayList<>()).add(task);
            }
        }
        Map<String, Waiting> standing = lines
                .find(tasks.stream()
                        .filter(task -> !rules.of(task.task()).isEmpty())
                        .map(TaskRecord::id)
                        .toList())
                .stream()
                .collect(Collectors.toMap(Waiting::taskId, waiting -> waiting));
        Map<LimitKey, InForce> inForce = new HashMap<>();
        under.keySet().forEach(limit -> inForce.put(limit, values.read(limit.name())));
        Map<String, LimitKey> refused = new HashMap<>();
        Set<LimitKey> held = new HashSet<>();
        // all places before the first permit: a permit that is given back would be used twice
        under.forEach((limit, some) -> {
            refuseBehindLine(limit, inForce.get(limit), some, standing, refused);
            takePlace(limit, inForce.get(limit), admitted(some, refused), holder, refused, held);
        });
        under.forEach((limit, some) -> takePermits(limit, inForce.get(limit), admitted(some, refused), refused));
        Set<LimitKey> left = standing.values().stream()
                .filter(waiting -> !waiting.limit().equals(refused.get(waiting.taskId())))
                .map(Waiting::limit)
                .collect(Collectors.toSet());
        lines.remove(standing.keySet().stream()
                .filter(id -> !refused.containsKey(id))
                .toList());
        return new Answer(refused, held, left);
    }

    private static List<TaskRecord> admitted(List<TaskRecord> tasks, Map<String, LimitKey> refused) {
        return tasks.stream().filter(task -> !refused.containsKey(task.id())).toList();
    }

    /** Refuses tasks that others go before. A task that was called does not wait again, unless one before it must run first. */
    private void refuseBehindLine(
            LimitKey limit,
            InForce inForce,
            List<TaskRecord> tasks,
            Map<String, Waiting> standing,
            Map<String, LimitKey> refused) {
        if (inForce.equals(InForce.NONE)) {
            return;
        }
        boolean line = lines.exists(limit);
        for (TaskRecord task : admitted(tasks, refused)) {
            Waiting own = standing.get(task.id());
            boolean called = own != null && own.limit().equals(limit) && own.calledAt() != null;
            if (called
                    ? inForce.serial()
                            && lines.isBehind(
                                    own, places.clock() - config.lease().toMillis())
                    : line) {
                refused.put(task.id(), limit);
            }
        }
    }

    private void takePlace(
            LimitKey limit,
            InForce inForce,
            List<TaskRecord> tasks,
            String holder,
            Map<String, LimitKey> refused,
            Set<LimitKey> held) {
        if (inForce.concurrency() == 0 || tasks.isEmpty()) {
            return;
        }
        long now = places.clock();
        long leaseEnd = now + config.lease().toMillis();
        if (places.take(limit, inForce.concurrency(), holder, tasks.get(0).id(), config.node(), now, leaseEnd)) {
            held.add(limit);
        } else {
            tasks.forEach(task -> refused.put(task.id(), limit));
        }
    }

    private void takePermits(LimitKey limit, InForce inForce, List<TaskRecord> tasks, Map<String, LimitKey> refused) {
        if (inForce.rate() == null || tasks.isEmpty()) {
            return;
        }
        int granted = places.permits(limit, inForce.rate().intervalNanos(), inForce.burst(), tasks.size())
                .granted();
        tasks.stream().skip(granted).forEach(task -> refused.put(task.id(), limit));
    }

    /**
     * Makes a task wait in the line of a limit, unless it is no longer at this run.
     *
     * @return false if another transaction has locked the task
     */
    public boolean stand(String taskId, int run, LimitKey limit) {
        Optional<TaskRecord> locked = records.lock(taskId);
        locked.filter(record -> record.run() == run && record.state().canBecome(TaskState.STARTED))
                .ifPresent(record -> {
                    lines.put(List.of(new Entry(record, limit, SentOrder.of(record))), clock.millis());
                    transitions.waitForCall(List.of(record));
                });
        return locked.isPresent();
    }

    /** Frees the places of a holder. */
    public void free(Collection<LimitKey> held, String holder) {
        places.free(held, holder);
    }

    /** Prolongs the places of the runs on this node that last. */
    public void renew(Collection<String> holders) {
        places.renew(config.node(), holders, config.lease().toMillis());
    }
}
