package dev.errand.timer;

import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.Message;
import dev.errand.store.OldRecords;
import dev.errand.store.Outage;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/** Takes out what was over long ago, each minute, in short transactions. Any number of nodes may do so. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pruner {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int CHUNK = 500;

    /** So that a table that was never pruned does not keep a timer's thread for hours. */
    private static final int MOST_A_MINUTE = 100_000;

    @Resource
    private TimerService timers;

    @Inject
    private Outage outage;

    @Inject
    private OldRecords records;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    public void start() {
        timers.createIntervalTimer(MINUTE_MILLIS, MINUTE_MILLIS, new TimerConfig("pruning of old tasks", false));
    }

    @Timeout
    void prune() {
        if (outage.lasts()) {
            return;
        }
        prune(TaskState.SUCCESS, config.keepSuccess());
        prune(TaskState.FAILURE, config.keepFailure());
        prune(TaskState.REVOKED, config.keepRevoked());
        pruneQueueAudit();
    }

    /** As long as the tasks that somebody has to look into. */
    private void pruneQueueAudit() {
        try {
            records.pruneQueueAudit(clock.millis() - config.keepFailure().toMillis());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        if (!outage.explains(e)) {
            Message.PRUNE_FAILED.logAtMostOnceAMinute(e);
        }
    }

    private void prune(TaskState state, Duration keep) {
        long before = clock.millis() - keep.toMillis();
        int all = 0;
        try {
            int pruned;
            do {
                pruned = records.prune(state, before, CHUNK);
                all += pruned;
            } while (pruned == CHUNK && all < MOST_A_MINUTE);
        } catch (RuntimeException e) {
            failed(e);
        }
        if (all > 0) {
            Message.PRUNED.log(all, state);
        }
    }
}
