package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskRecords;
import dev.errand.store.TaskStatements;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** The claim of a long run, committed before the handler is called. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LongRunClaim {
    @Inject
    private TaskStatements statements;

    @Inject
    private TaskRecords records;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /** @return nothing if somebody else has the run; an expired record is not started */
    public Optional<TaskRecord> claim(String id, int run) {
        Optional<TaskRecord> claimed = statements.claim(id, run);
        long now = clock.millis();
        claimed.filter(record -> !record.expired(now))
                .ifPresent(record -> records.start(
                        record, config.node(), now, now + config.lease().toMillis()));
        return claimed;
    }
}
