package dev.errand.dispatch;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.log.Message;
import dev.errand.queue.LookAgain;
import dev.errand.queue.TaskMessage;
import dev.errand.store.ControlRecords;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;

/** What becomes of a record whose message came to nothing. In a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NotClaimed {
    @Inject
    private TaskRecords records;

    @Inject
    private ControlRecords control;

    @Inject
    private LookAgain lookAgain;

    @Inject
    @EngineClock
    private Clock clock;

    /**
     * A claim found nothing. If somebody else has the record locked, it is looked at again; if the run was revoked in the moment
     * it was to start, it is over; if its queue is paused, it waits in the table, so that it starts as soon as the queue is
     * resumed.
     */
    public void settle(TaskMessage message) {
        lookAgain.lock(message.id(), message.run()).filter(NotClaimed::waits).ifPresent(record -> {
            long now = clock.millis();
            if (control.revocationRequested(record.id())) {
                records.revoke(record, now);
                Message.REVOKED.log(record.task(), record.id());
            } else {
                records.release(record, now);
            }
        });
    }

    /** No handler of that name is deployed. */
    public void park(TaskMessage message, Set<String> loaded) {
        lookAgain.lock(message.id(), message.run()).filter(NotClaimed::waits).ifPresent(record -> {
            records.park(record);
            Message.NO_HANDLER.logAtMostOnceAMinute(record.task(), record.id(), loaded);
        });
    }

    private static boolean waits(TaskRecord record) {
        return record.state().canBecome(TaskState.STARTED);
    }
}
