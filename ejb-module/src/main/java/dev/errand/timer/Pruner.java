package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.limit.Upkeep;
import dev.errand.log.LogMessage;
import dev.errand.queue.KnownQueues;
import dev.errand.store.OldRecords;
import dev.errand.store.QueueRecords;
import dev.errand.store.database.DatabaseMonitor;
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
 * Removes tasks that finished long ago and unused queues, and revokes tasks that were PARKED for too long, once a minute. Short transactions with pauses between them
 * keep up with a node that runs thousands of tasks per second, without delaying those tasks. Any number of nodes may
 * prune at the same time.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pruner {
    private static final long MINUTE_MILLIS = 60_000;

    /**
     * The length of a pause, as a multiple of the duration of the transaction before it: the busier the database, the
     * longer the pause.
     */
    private static final int PAUSES = 2;

    @Resource
    private TimerService timers;

    @Inject
    private DatabaseMonitor monitor;

    @Inject
    private OldRecords records;

    @Inject
    private ExpiredTasks expired;

    @Inject
    private QueueRecords queues;

    @Inject
    private Upkeep limits;

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

    /** Starts the timer. The first round begins after a minute. */
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

    /** Prunes if the timer does not. Must be called once a second. */
    public void watch() {
        timer.watch();
    }

    private long pruneAndWait() {
        return monitor.isDown() ? MINUTE_MILLIS : prune();
    }

    /**
     * Prunes a chunk.
     *
     * @return the wait before the next chunk, or the next round
     */
    private long prune() {
        long now = clock.millis();
        if (round == null) {
            round = new PruningRound(records, config, now);
            attempt(known::saveUse);
            queueRound = new QueuePruningRound(
                    queues,
                    now - queuesKept().toMillis(),
                    handlers.all().stream().map(Handler::queue).collect(Collectors.toSet()));
            // kept as long as failed tasks, which a user may have to investigate
            attempt(() -> records.pruneQueueAudit(now - config.keepFailure().toMillis()));
            attempt(() -> pruneRevocations(now - MINUTE_MILLIS));
            attempt(this::revokeParked);
            attempt(this::pruneWorkflows);
            attempt(this::pruneLimits);
        }
        long start = System.nanoTime();
        attempt(round.isFinished() ? queueRound::next : round::next);
        if (round.isFinished() && queueRound.isFinished()) {
            round = null;
            // other nodes prune queues as well
            attempt(known::refresh);
            return MINUTE_MILLIS;
        }
        return PAUSES * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + 1;
    }

    /**
     * Returns how long an unused queue is kept: as long as the tasks that were sent to it, plus the possible delay of
     * the time in the table.
     */
    private Duration queuesKept() {
        return Stream.of(config.keepSuccess(), config.keepFailure(), config.keepRevoked())
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(KnownQueues.ACCURACY.multipliedBy(2));
    }

    private void revokeParked() {
        int revoked;
        do {
            revoked = expired.revokeParked(PruningRound.CHUNK);
        } while (revoked == PruningRound.CHUNK);
    }

    private void pruneWorkflows() {
        long before = clock.millis()
                - Stream.of(config.keepSuccess(), config.keepFailure(), config.keepRevoked())
                        .min(Comparator.naturalOrder())
                        .orElseThrow()
                        .toMillis();
        int pruned;
        do {
            pruned = records.pruneWorkflows(before, PruningRound.CHUNK);
        } while (pruned == PruningRound.CHUNK);
    }

    private void pruneLimits() {
        int pruned;
        do {
            pruned = limits.prune(PruningRound.CHUNK);
        } while (pruned >= PruningRound.CHUNK);
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
