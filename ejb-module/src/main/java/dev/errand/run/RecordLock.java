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
 * Locks the record of a run that is to start or to end. If another transaction has the record locked, the message of the run
 * is sent again soon; without that, the run would wait for the end of its lease. The other transaction does not have to run
 * the task: on PostgreSQL, a scan for due records with SKIP LOCKED can lock a record that was leased after its snapshot, does
 * not return it, and keeps the lock until it ends. An administrator's session can do so as well. Thread-safe.
 */
@ApplicationScoped
public class RecordLock {
    static final long SOONEST_MILLIS = 100;

    /** A record that was locked for long is likely to stay so, and its messages must not be all that a node is busy with. */
    static final long LATEST_MILLIS = 2_000;

    /** The next look comes after this part of the time that the record has waited. */
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
     * @return nothing if the run is no longer the record's, or somebody else has it locked; if it is leased then and has not
     *     started, its message comes again
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
            // the server stops: the node hands back what it has
        }
    }
}
