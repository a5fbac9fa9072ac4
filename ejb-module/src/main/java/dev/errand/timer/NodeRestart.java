package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.store.DueRecords;
import dev.errand.store.TaskQueries;
import dev.errand.store.TaskRecord;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What this node had when it went down, released when it starts anew. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NodeRestart {
    /** Records a transaction: enough to be quick, few enough for a short one. */
    private static final int CHUNK = 500;

    /** The time for a chunk: where each statement takes long, a whole one would run into the transaction's time-out each time. */
    Duration work = Duration.ofSeconds(10);

    @Inject
    DueRecords due;

    @Inject
    TaskQueries queries;

    @Inject
    LostRuns lostRuns;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Releases what the node had when it went down.
     *
     * @return how many records; call again until it is 0
     */
    public int release() {
        long start = System.nanoTime();
        long now = clock.millis();
        Set<String> ran = Set.copyOf(queries.runningOn(config.node()));
        List<TaskRecord> held = due.lockHeldBy(config.node(), now, CHUNK);
        int released = 0;
        for (TaskRecord record : held) {
            if (released > 0 && System.nanoTime() - start > work.toNanos()) {
                return released;
            }
            released++;
            if (record.state() == TaskState.STARTED) {
                lostRuns.lost(record, now);
            } else {
                lostRuns.inFlight(record, ran.contains(record.id()), now);
            }
        }
        if (held.isEmpty()) {
            queries.forgetRunningOn(config.node());
        }
        return held.size();
    }
}
