package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
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

/** Revokes tasks at their expiry, and tasks that were PARKED for too long. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ExpiredTasks {
    @Inject
    private ExpiredRecords expired;

    @Inject
    private ErrandConfig config;

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

    /**
     * Revokes some of the tasks that have been PARKED for longer than {@code errand.keep.parked}.
     *
     * @return the number of tasks
     */
    public int revokeParked(int limit) {
        if (config.keepParked() == null) {
            return 0;
        }
        long now = clock.millis();
        List<TaskRecord> locked = expired.lockParked(now - config.keepParked().toMillis(), limit);
        for (TaskRecord record : locked) {
            expired.expire(record, now);
            LogMessage.PARKED_TOO_LONG.log(record.task(), record.id(), config.keepParked());
        }
        return locked.size();
    }
}
