package dev.errand.run;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.LogMessage;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import dev.errand.store.ControlRecords;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskTransitions;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Takes runs for this node, and releases runs that do not take place. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RunClaims {
    @Inject
    private TaskLocks locks;

    @Inject
    private TaskTransitions transitions;

    @Inject
    private TaskRecords records;

    @Inject
    private ControlRecords control;

    @Inject
    private RecordLock recordLock;

    @Inject
    private InFlight inFlight;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /**
     * Claims a leased run and commits the claim, so that the handler can be called outside a transaction.
     *
     * @return the record; empty if another node has the run. An expired record is returned, but not started
     */
    public Optional<TaskRecord> start(TaskMessage message) {
        Optional<TaskRecord> claimed = locks.claim(message.id(), message.run());
        long now = clock.millis();
        claimed.filter(record -> !record.expired(now))
                .ifPresent(record -> transitions.start(
                        record, config.node(), now, now + config.lease().toMillis()));
        return claimed;
    }

    /**
     * Leases a due record that is to run alone on the calling thread. Without the lease, another node could start the
     * task between the end of the handler and the recorded outcome.
     *
     * @return the record's message; empty if the record is no longer due as it was
     */
    public Optional<TaskMessage> lease(TaskRecord task) {
        long now = clock.millis();
        long leaseEnd = now + config.lease().toMillis();
        Optional<TaskRecord> record = records.lock(task.id())
                .filter(found -> found.run() == task.run() && found.wakeAt() != null && found.wakeAt() <= now);
        record.ifPresent(found -> {
            transitions.lease(List.of(found), config.node(), leaseEnd);
            inFlight.put(found.id(), leaseEnd);
        });
        return record.map(found -> TaskMessage.of(found, leaseEnd));
    }

    /**
     * Settles a run that could not be claimed. If the run was revoked just before its start, the task becomes REVOKED.
     * If its queue is paused, the record waits in the table, so that it starts as soon as the queue is resumed. If
     * another transaction has locked the record, {@link RecordLock} sends its message again.
     */
    public void settle(TaskMessage message) {
        lockWaiting(message).ifPresent(record -> {
            long now = clock.millis();
            if (control.revocationRequested(record.id())) {
                transitions.revoke(record, now);
                LogMessage.REVOKED.log(record.task(), record.id());
            } else {
                transitions.release(record, now);
            }
        });
    }

    /** Releases a task that has no handler on this node: the sweep decides about it. */
    public void release(TaskMessage message) {
        lockWaiting(message).ifPresent(record -> transitions.release(record, clock.millis()));
    }

    private Optional<TaskRecord> lockWaiting(TaskMessage message) {
        return recordLock
                .lock(message.id(), message.run())
                .filter(record -> record.state().canBecome(TaskState.STARTED));
    }

    /**
     * Returns whether the database has ended the transaction of a run because its connection was cut. If the handler
     * only lost its connection to another database, the run still has its record locked.
     */
    public boolean isTransactionLost(RunningTask run) {
        return records.lock(run.id()).isPresent();
    }
}
