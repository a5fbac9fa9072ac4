package dev.errand.run;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.queue.Outbox;
import dev.errand.queue.TaskMessage;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Locks the record of a run that is about to start or to end. If another transaction has locked the record, the message
 * of the run is sent again soon; otherwise the run would wait for the end of its lease. The other transaction does not
 * necessarily run the task: on PostgreSQL, a scan for due records with SKIP LOCKED can lock a record that was leased
 * after its snapshot. The scan does not return that record, but keeps the lock until its transaction ends. An
 * administrator's session can do so as well. Thread-safe.
 */
@ApplicationScoped
public class RecordLock {
    static final long SOONEST_MILLIS = 100;

    /**
     * The longest wait. A record that has been locked for long probably stays locked, and its messages must not keep a
     * node busy.
     */
    static final long LATEST_MILLIS = 2_000;

    /** The divisor for the time that the record has waited; the quotient is the wait before the next attempt. */
    private static final int PART = 4;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    TaskRecords records;

    @Inject
    Outbox outbox;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Locks the record, in the caller's transaction.
     *
     * @return empty if the record is no longer at this run, or another transaction has locked it; in the second case,
     *     the message of a leased run that has not started is sent again
     */
    public Optional<TaskRecord> lock(String id, int run) {
        Optional<TaskRecord> locked = records.lock(id);
        if (locked.isEmpty()) {
            records.find(id)
                    .filter(record -> record.run() == run && isLeased(record))
                    .ifPresent(record -> send(TaskMessage.of(record, record.wakeAt()), pause(record)));
        }
        return locked.filter(record -> record.run() == run);
    }

    private boolean isLeased(TaskRecord record) {
        return record.state().canBecome(TaskState.STARTED)
                && record.wakeAt() != null
                && record.wakeAt() > clock.millis();
    }

    private long pause(TaskRecord record) {
        long waits = clock.millis() - (record.wakeAt() - config.lease().toMillis());
        return Math.max(SOONEST_MILLIS, Math.min(waits / PART, LATEST_MILLIS));
    }

    private void send(TaskMessage message, long pauseMillis) {
        try {
            scheduler.schedule(() -> outbox.add(List.of(message), null), pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException | IllegalStateException e) {
            // the server stops: the node releases its tasks
        }
    }
}
