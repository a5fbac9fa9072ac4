package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.store.DueRecords;
import dev.errand.store.PlaceRecords;
import dev.errand.store.TaskRecord;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Releases, when this node restarts, the tasks that it held when it crashed. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class NodeRestart {
    /** Records per transaction: enough for good throughput, few enough for a short transaction. */
    private static final int CHUNK = 500;

    /**
     * The time per chunk. If each statement takes long, a full chunk would reach the transaction's time-out each time.
     */
    Duration work = Duration.ofSeconds(10);

    @Inject
    DueRecords due;

    @Inject
    LostRuns lostRuns;

    @Inject
    PlaceRecords places;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Releases the tasks that the node held when it crashed.
     *
     * @return the number of records; call again until it is 0
     */
    public int release() {
        long start = System.nanoTime();
        long now = clock.millis();
        Set<String> ran = Set.copyOf(due.runningOn(config.node()));
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
            places.freeAll(config.node());
            due.forgetRunningOn(config.node());
        }
        return held.size();
    }
}
