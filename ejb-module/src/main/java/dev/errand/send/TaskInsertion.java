package dev.errand.send;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import dev.errand.store.database.SqlErrors;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Inserts records of tasks in the caller's transaction, or in a transaction of its own if there is none. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class TaskInsertion {
    @Inject
    private TaskRecords records;

    @Inject
    private TaskTransitions transitions;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    private InFlight inFlight;

    @Inject
    private HandlerStats stats;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    @Resource
    private SessionContext session;

    /**
     * Returns the reason why a record with a chosen id or a unique key cannot be sent, if there is one. It is returned and
     * not thrown from here, so that a caller that catches the exception can continue in the same transaction.
     */
    public Optional<String> taken(TaskRecord record, boolean chosenId) {
        if (chosenId && records.exists(record.id())) {
            return Optional.of("A task with the id \"" + record.id()
                    + "\" exists already. Choose another id, or leave it out. Nothing was sent.");
        }
        if (record.uniqueKey() == null) {
            return Optional.empty();
        }
        return records.holderOf(record.uniqueKey())
                .map(holder -> "The task \"" + holder + "\" with the unique key \"" + record.uniqueKey()
                        + "\" is not finished. Send again when it is, or revoke it. Nothing was sent.");
    }

    /** @return false if an id or a key was taken at this moment; the transaction is lost then */
    public boolean insert(List<TaskRecord> newRecords, boolean dueNow, boolean parked) {
        List<TaskMessage> messages = new ArrayList<>();
        Long wakeAt = null;
        String sentBy = CurrentUser.name(session);
        long leaseEnd = clock.millis() + config.lease().toMillis();
        for (TaskRecord record : newRecords) {
            record.sentBy(sentBy);
            if (parked) {
                record.park();
                wakeAt = record.expiry();
            } else if (dueNow && inFlight.reserve(record.id(), stats.alone(record.task()), leaseEnd)) {
                record.leaseTo(config.node(), leaseEnd);
                messages.add(TaskMessage.of(record, leaseEnd));
            } else {
                wakeAt = record.expiry() == null ? record.dueAt() : Math.min(record.dueAt(), record.expiry());
            }
        }
        // before the first INSERT: if it fails, the rollback frees the places that were reserved
        afterCommit.publish(messages, wakeAt);
        try {
            transitions.insert(newRecords);
            if (LogMessage.SENT_BY.isEnabled()) {
                newRecords.forEach(record -> afterCommit.then(
                        () -> LogMessage.SENT_BY.log(record.task(), record.id(), LogMessage.nameOf(sentBy))));
            }
            return true;
        } catch (PersistenceException | EJBException e) {
            if (SqlErrors.constraintViolated(e)) {
                session.setRollbackOnly();
                return false;
            }
            throw e;
        }
    }
}
