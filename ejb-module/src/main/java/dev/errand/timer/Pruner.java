package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.LogMessage;
import dev.errand.queue.KnownQueues;
import dev.errand.store.DatabaseMonitor;
import dev.errand.store.OldRecords;
import dev.errand.store.QueueRecords;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes tasks that finished long ago, and queues that are not used, each minute, in short transactions with pauses between
 * them: it keeps up with a node that runs thousands of tasks a second, and those do not notice it. Any number of nodes may do so.
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
    private DatabaseMonitor monitor;

    @Inject
    private OldRecords records;

    @Inject
    private QueueRecords queues;

    @Inject
    private KnownQueues known;

    @Inject
    private HandlerRegistry handlers;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    private final WatchedTimer timer = new WatchedTimer("pruning of old tasks", () -> timers, this::pruneAndWait);
    private volatile PruningRound round;
    private volatile QueuePruningRound queueRound;

    /** The first round begins in a minute. */
    public void start() {
        timer.start(MINUTE_MILLIS);
    }

    @PreDestroy
    void stop() {
        timer.stop();
    }

    @Timeout
    void onTime() {
        timer.fired();
    }

    /** Prunes if the timer does not. To be called once a second. */
    public void watch() {
        timer.watch();
    }

    private long pruneAndWait() {
        return monitor.isDown() ? MINUTE_MILLIS : prune();
    }

    /** @return how long to wait for the next chunk, or the next round */
    private long prune() {
        long now = clock.millis();
        if (round == null) {
            round = new PruningRound(records, config, now);
            attempt(known::saveUse);
            queueRound = new QueuePruningRound(
                    queues,
                    now - queuesKept().toMillis(),
                    handlers.all().stream().map(Handler::queue).collect(Collectors.toSet()));
            // as long as the tasks that somebody has to look into
            attempt(() -> records.pruneQueueAudit(now - config.keepFailure().toMillis()));
            attempt(() -> pruneRevocations(now - MINUTE_MILLIS));
        }
        long start = System.nanoTime();
        attempt(round.isOver() ? queueRound::next : round::next);
        if (round.isOver() && queueRound.isOver()) {
            round = null;
            // other nodes prune queues, too
            attempt(known::refresh);
            return MINUTE_MILLIS;
        }
        return PAUSES * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + 1;
    }

    /** As long as the tasks that were sent to it, and as long as the table's time may be late. */
    private Duration queuesKept() {
        return Stream.of(config.keepSuccess(), config.keepFailure(), config.keepRevoked())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(KnownQueues.ACCURACY.multipliedBy(2));
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
            if (!monitor.isCauseOf(e)) {
                LogMessage.PRUNE_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }
}
