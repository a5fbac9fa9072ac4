package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.store.ExpiredRecords;
import dev.errand.store.TaskRecord;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Revokes tasks at their expiry. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ExpiredTasks {
    @Inject
    private ExpiredRecords expired;

    @Inject
    @EngineClock
    private Clock clock;

    /** Finds the first expiry of a waiting task after the given time, in milliseconds. */
    public OptionalLong firstAfter(long after) {
        return expired.firstAfter(after);
    }

    /**
     * Revokes some of the waiting tasks that have expired.
     *
     * @return the number of tasks
     */
    public int revoke(int limit) {
        long now = clock.millis();
        List<TaskRecord> locked = expired.lock(now, limit);
        for (TaskRecord record : locked) {
            expired.expire(record, now);
            LogMessage.EXPIRED.log(record.task(), record.id(), Instant.ofEpochMilli(record.expiry()));
        }
        return locked.size();
    }
}
