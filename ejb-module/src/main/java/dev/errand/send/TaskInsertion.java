package dev.errand.send;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.limit.Limits;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.InFlight;
import dev.errand.queue.StartGate;
import dev.errand.queue.TaskMessage;
import dev.errand.store.LineRecords.Entry;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Waiting;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Inserts records of tasks in the caller's transaction, or in a transaction of its own if there is none. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class TaskInsertion {
    @Inject
    private TaskTransitions transitions;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    private InFlight inFlight;

    @Inject
    private HandlerStats stats;

    @Inject
    private Limits limits;

    @Inject
    private StartGate gate;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    @Resource
    private SessionContext session;

    @Resource
    private TransactionSynchronizationRegistry transactions;

    /** Returns the view of the callers' transactions, for a bean that is no EJB. It may be used by any thread. */
    public TransactionSynchronizationRegistry transactions() {
        return transactions;
    }

    /**
     * Inserts one record if its id and key are free. The transaction can continue either way.
     *
     * @return false if the id or the key is taken
     */
    public boolean insertIfFree(Sending sending) {
        List<Entry> waiting = publishAfterCommit(List.of(sending));
        TaskRecord record = sending.list().get(0);
        if (transitions.insertIfFree(record)) {
            limits.sent(waiting);
            logAfterCommit(sending);
            return true;
        }
        if (record.node() != null) {
            afterCommit.forget(record.id());
        }
        return false;
    }

    /** Makes nodes look at a changed record once it is due. */
    public void changed(TaskRecord record, Waiting next) {
        afterCommit.publish(
                List.of(),
                record.state() == TaskState.PARKED ? next.expiresAt() : earliest(next.dueAt(), next.expiresAt()));
    }

    /** Inserts the records of one sender, whose ids are new. */
    public void insert(List<TaskRecord> newRecords, boolean dueNow, boolean parked) {
        Sending sending = new Sending(newRecords, dueNow, parked, CurrentUser.name(session));
        List<Entry> waiting = publishAfterCommit(List.of(sending));
        transitions.insert(newRecords);
        limits.sent(waiting);
        logAfterCommit(sending);
    }

    /**
     * Inserts the records of several senders by one statement, and notes for each sender that they are inserted. The records of
     * a sender whose id or key is taken, by a row or by another one of these senders, are left out. If the database cannot tell
     * which ones are taken, nothing is inserted.
     *
     * @param names whether records have chosen ids or unique keys
     */
    public void insertTogether(List<Sending> sendings, boolean names) {
        List<Sending> different = names ? different(sendings) : sendings;
        List<Entry> waiting = publishAfterCommit(different);
        List<TaskRecord> all =
                different.stream().flatMap(sending -> sending.list().stream()).toList();
        List<Sending> inserted = names ? insertFree(different, all) : different;
        if (!names) {
            transitions.insert(all);
        }
        if (inserted.isEmpty()) {
            session.setRollbackOnly();
            return;
        }
        limits.sent(ofInserted(waiting, different, inserted));
        inserted.forEach(this::logAfterCommit);
        // the last step before the commit
        inserted.forEach(Sending::inserted);
    }

    private static List<Entry> ofInserted(List<Entry> waiting, List<Sending> all, List<Sending> inserted) {
        if (waiting.isEmpty() || inserted.size() == all.size()) {
            return waiting;
        }
        Set<TaskRecord> records = new HashSet<>();
        inserted.forEach(sending -> records.addAll(sending.list()));
        return waiting.stream()
                .filter(entry -> records.contains(entry.record()))
                .toList();
    }

    /** Returns those whose records are all inserted; none if only a part of a sender's records could be inserted. */
    private List<Sending> insertFree(List<Sending> sendings, List<TaskRecord> all) {
        Set<String> ids = transitions.insertFree(all, sendings.size() > 1);
        List<Sending> inserted = new ArrayList<>();
        for (Sending sending : sendings) {
            long free = sending.list().stream()
                    .filter(record -> ids.contains(record.id()))
                    .count();
            if (free == sending.records()) {
                inserted.add(sending);
            } else if (free > 0) {
                return List.of();
            }
        }
        afterCommit.keepOnly(ids);
        return inserted;
    }

    /** Returns the senders without those that want an id or a key which one before them wants. */
    private static List<Sending> different(List<Sending> sendings) {
        Set<String> wanted = new HashSet<>();
        List<Sending> different = new ArrayList<>();
        for (Sending sending : sendings) {
            List<String> names = sending.list().stream()
                    .flatMap(record -> Stream.of("id " + record.id(), "key " + record.uniqueKey()))
                    .filter(name -> !name.equals("key null"))
                    .toList();
            if (Collections.disjoint(wanted, names)) {
                wanted.addAll(names);
                different.add(sending);
            }
        }
        return different;
    }

    /**
     * Takes places in flight. Before the first INSERT: if it fails, the rollback frees the places.
     *
     * @return the tasks that wait for a limit
     */
    private List<Entry> publishAfterCommit(List<Sending> sendings) {
        List<TaskMessage> messages = new ArrayList<>();
        List<Entry> waiting = new ArrayList<>();
        Long wakeAt = null;
        long leaseEnd = clock.millis() + config.lease().toMillis();
        for (Sending sending : sendings) {
            Set<TaskRecord> standing = new HashSet<>();
            if (!sending.parked()) {
                List<Entry> some = limits.send(sending.list());
                some.forEach(entry -> standing.add(entry.record()));
                waiting.addAll(some);
            }
            for (TaskRecord record : sending.list()) {
                wakeAt = earliest(
                        wakeAt,
                        standing.contains(record)
                                ? standing(record, sending)
                                : place(record, sending, leaseEnd, messages));
            }
        }
        afterCommit.publish(messages, wakeAt);
        return waiting;
    }

    /** @return the time at which a node must look at the record, in milliseconds; null if it need not */
    private Long place(TaskRecord record, Sending sending, long leaseEnd, List<TaskMessage> messages) {
        record.sentBy(sending.sentBy());
        if (record.state() == TaskState.WAITING) {
            return record.expiry();
        }
        if (sending.parked()) {
            record.park();
            return record.expiry();
        }
        if (gate.holds(record)) {
            record.hold();
            return record.expiry();
        }
        // a taken id may be that of a task that is under way, which keeps its place
        if (sending.dueNow() && !inFlight.contains(record.id()) && gate.take(record, leaseEnd)) {
            if (inFlight.reserve(record.id(), stats.alone(record.task()), leaseEnd)) {
                record.leaseTo(config.node(), leaseEnd);
                messages.add(TaskMessage.of(record, leaseEnd));
                return null;
            }
            inFlight.release(record.id());
        }
        // it may have had a place in a transaction that was rolled back
        record.waitUntilDue();
        return earliest(record.dueAt(), record.expiry());
    }

    private static Long standing(TaskRecord record, Sending sending) {
        record.sentBy(sending.sentBy());
        return record.expiry();
    }

    private static Long earliest(Long one, Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    private void logAfterCommit(Sending sending) {
        if (LogMessage.SENT_BY.isEnabled()) {
            String sentBy = LogMessage.nameOf(sending.sentBy());
            sending.list()
                    .forEach(record ->
                            afterCommit.then(() -> LogMessage.SENT_BY.log(record.task(), record.id(), sentBy)));
        }
    }
}
