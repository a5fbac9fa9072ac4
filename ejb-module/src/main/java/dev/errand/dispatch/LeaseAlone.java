package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import dev.errand.store.DueRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A due record that is to run alone, on this thread: it is leased first, so that nobody else starts it between its end and its
 * outcome. In a transaction of its own.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LeaseAlone {
    @Inject
    private TaskRecords records;

    @Inject
    private DueRecords due;

    @Inject
    private InFlight inFlight;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /** @return nothing if somebody else has it by now */
    public Optional<TaskMessage> lease(TaskRecord task) {
        long now = clock.millis();
        long leaseEnd = now + config.lease().toMillis();
        Optional<TaskRecord> record = records.lock(task.id())
                .filter(found -> found.run() == task.run() && found.wakeAt() != null && found.wakeAt() <= now);
        record.ifPresent(found -> {
            due.lease(List.of(found), config.node(), leaseEnd);
            inFlight.put(found.id(), leaseEnd);
        });
        return record.map(found -> TaskMessage.of(found, leaseEnd));
    }
}
