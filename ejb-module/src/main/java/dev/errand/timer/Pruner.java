package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.log.Message;
import dev.errand.store.OldRecords;
import dev.errand.store.Outage;
import jakarta.annotation.PreDestroy;
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
import java.util.concurrent.TimeUnit;

/**
 * Takes out what was over long ago, each minute, in short transactions with pauses between them: it keeps up with a node that
 * runs thousands of tasks a second, and those do not notice it. Any number of nodes may do so.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pruner {
    private static final long MINUTE_MILLIS = 60_000;

    /** So many times as long as a transaction took nothing is pruned: the busier the database, the longer. */
    private static final int PAUSES = 2;

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

    private volatile boolean stopped = true;
    private volatile PruningRound round;

    /** The first round begins in a minute; each timeout sets the timer for the next. */
    public void start() {
        stopped = false;
        arm(MINUTE_MILLIS);
    }

    private void arm(long wait) {
        timers.createSingleActionTimer(wait, new TimerConfig("pruning of old tasks", false));
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    @Timeout
    void onTime() {
        long wait = MINUTE_MILLIS;
        try {
            if (!outage.lasts()) {
                wait = prune();
            }
        } finally {
            if (!stopped) {
                arm(wait);
            }
        }
    }

    /** @return how long to wait for the next chunk, or the next round */
    private long prune() {
        long now = clock.millis();
        if (round == null) {
            round = new PruningRound(records, config, now);
            // as long as the tasks that somebody has to look into
            attempt(() -> records.pruneQueueAudit(now - config.keepFailure().toMillis()));
            attempt(() -> pruneRevocations(now - MINUTE_MILLIS));
        }
        long start = System.nanoTime();
        attempt(round::next);
        if (round.isOver()) {
            round = null;
            return MINUTE_MILLIS;
        }
        return PAUSES * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + 1;
    }

    private void pruneRevocations(long before) {
        int pruned;
        do {
            pruned = records.pruneRevocations(before, PruningRound.CHUNK);
        } while (pruned == PruningRound.CHUNK);
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!outage.explains(e)) {
                Message.PRUNE_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }
}
