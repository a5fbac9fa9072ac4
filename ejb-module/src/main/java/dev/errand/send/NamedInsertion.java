package dev.errand.send;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.queue.Runs;
import dev.errand.store.ControlRecords;
import dev.errand.store.KeyHolders;
import dev.errand.store.KeyHolders.Holder;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Waiting;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Inserts tasks that have an id or a unique key, or keeps or changes the task that has it already. The indexes on the id and the
 * key decide; a task is changed only under its lock. In the caller's transaction, or in one of its own.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class NamedInsertion {
    /** The longest wait for the lock of a task to change. A short run is finished by then, and a long one is in the tables. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(5);

    @Inject
    TaskInsertion insertion;

    @Inject
    KeyHolders holders;

    @Inject
    TaskRecords records;

    @Inject
    TaskTransitions transitions;

    @Inject
    ControlRecords control;

    @Inject
    Runs runs;

    @Inject
    @EngineClock
    Clock clock;

    @Resource
    SessionContext session;

    /**
     * Inserts the task, or does to the task that has its id or key what the options say. A refusal is returned and not thrown
     * from here, so that a caller that catches the exception can continue in the same transaction.
     */
    public Result send(Placed placed) {
        long since = System.nanoTime();
        while (true) {
            Optional<Holder> holder = holder(placed.record(), placed.options());
            try {
                Optional<Sent> sent = send(placed, holder);
                if (sent.isPresent()) {
                    return new Result(sent.get(), null);
                }
            } catch (DuplicateTaskException e) {
                return new Result(null, e);
            }
            if (System.nanoTime() - since > PATIENCE.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return new Result(null, TakenNames.busy(placed.record(), placed.options(), holder));
            }
            // another transaction has locked the task, or has just inserted or finished it
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** @return empty if another transaction was faster, or has locked the task to change */
    private Optional<Sent> send(Placed placed, Optional<Holder> holder) {
        TaskRecord record = placed.record();
        TaskOptions options = placed.options();
        if (holder.isEmpty()) {
            return insertion.insertIfFree(placed.sending(CurrentUser.name(session)))
                    ? Optional.of(new Sent(record.id(), true))
                    : Optional.empty();
        }
        return TakenNames.keeps(record, options, holder.get()) || changed(holder.get(), record, options)
                ? Optional.of(new Sent(holder.get().id(), false))
                : Optional.empty();
    }

    /**
     * The outcome.
     *
     * @param refusal the reason why nothing was sent; null if it was
     */
    public record Result(Sent sent, DuplicateTaskException refusal) {}

    /**
     * The outcome of several sends.
     *
     * @param index the number of the task that is refused, from 0
     * @param refusal the reason why nothing was sent; null if all were
     */
    public record Results(List<Sent> sent, int index, DuplicateTaskException refusal) {
        static Results refused(int index, DuplicateTaskException refusal) {
            return new Results(List.of(), index, refusal);
        }
    }

    /**
     * Inserts different tasks. A refusal is returned as by {@link #send}. If an id or a key is taken between the check of all
     * and the insertion, the transaction is lost.
     */
    public Results sendAll(List<Placed> tasks) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < tasks.size(); i++) {
            Placed task = tasks.get(i);
            boolean twice = !names.addAll(task.names()) && task.named();
            if (task.named() && task.refuses()) {
                Optional<DuplicateTaskException> refusal = twice
                        ? Optional.of(new DuplicateTaskException(
                                "An earlier task of the list has the same id or unique key. Nothing was sent."))
                        : refusal(task.record(), task.options());
                if (refusal.isPresent()) {
                    return Results.refused(i, refusal.get());
                }
            }
        }
        insertPlain(tasks);
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Result result = tasks.get(i).named()
                    ? send(tasks.get(i))
                    : new Result(new Sent(tasks.get(i).record().id(), true), null);
            if (result.refusal() != null) {
                session.setRollbackOnly();
                return Results.refused(i, result.refusal());
            }
            sent.add(result.sent());
        }
        return new Results(sent, -1, null);
    }

    /** Inserts the tasks whose ids are new, those of one kind by one statement. */
    private void insertPlain(List<Placed> tasks) {
        String sentBy = CurrentUser.name(session);
        List<Sending> sendings = tasks.stream()
                .filter(task -> !task.named())
                .collect(Collectors.groupingBy(
                        task -> List.of(task.dueNow(), task.parked()),
                        LinkedHashMap::new,
                        Collectors.mapping(Placed::record, Collectors.toList())))
                .entrySet()
                .stream()
                .map(kind -> new Sending(
                        kind.getValue(), kind.getKey().get(0), kind.getKey().get(1), sentBy))
                .toList();
        if (!sendings.isEmpty()) {
            insertion.insertTogether(sendings, false);
        }
    }

    private Optional<DuplicateTaskException> refusal(TaskRecord record, TaskOptions options) {
        return holder(record, options).map(holder -> TakenNames.refused(record, options, holder));
    }

    private Optional<Holder> holder(TaskRecord record, TaskOptions options) {
        Optional<Holder> ofKey =
                record.uniqueKey() == null ? Optional.empty() : holders.ofKey(record.uniqueKey(), clock.millis());
        return ofKey.isPresent() || options.id() == null ? ofKey : holders.ofId(options.id());
    }

    /** @return false if the task is locked, or if it has lost the key by now */
    private boolean changed(Holder holder, TaskRecord record, TaskOptions options) {
        Optional<TaskRecord> locked = records.lock(holder.id()).filter(found -> isStill(holder, found));
        if (locked.isEmpty()) {
            return false;
        }
        if (runs.isRunning(holder.id())) {
            // the run has locked it in this transaction: its own handler sends
            throw TakenNames.runs(record, options, holder);
        }
        TaskRecord waiting = locked.get();
        Waiting next = new Waiting(
                record.argument(),
                waiting.queue(),
                waiting.priority(),
                dueAt(waiting, record, options),
                record.expiry());
        if (options.debounce() == null) {
            control.change(waiting, next, CurrentUser.name(session), clock.millis());
        } else {
            transitions.change(waiting, next);
        }
        insertion.changed(waiting, next);
        return true;
    }

    /** Returns the due time of the changed task: that of this send, for a debounce at most its longest wait after the first. */
    private static long dueAt(TaskRecord waiting, TaskRecord record, TaskOptions options) {
        return options.debounce() == null
                ? record.dueAt()
                : Math.min(
                        record.dueAt(),
                        waiting.createdAt() + options.debounce().max().toMillis());
    }

    private static boolean isStill(Holder holder, TaskRecord found) {
        return (holder.key() == null || holder.key().equals(found.liveKey()))
                && (found.state() == TaskState.PENDING
                        || found.state() == TaskState.RETRY
                        || found.state() == TaskState.PARKED);
    }
}
