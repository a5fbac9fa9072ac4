package dev.errand.dispatch;

import dev.errand.config.ErrandConfig;
import dev.errand.dispatch.DrainRun.Step;
import dev.errand.log.Message;
import dev.errand.queue.DrainMessage;
import dev.errand.queue.Drains;
import dev.errand.queue.TaskMessage;
import dev.errand.store.Outage;
import dev.errand.store.TaskRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A drain: one transaction after the other, each with as many short tasks as may share it, as long as some are due. */
@ApplicationScoped
public class Drainer {
    /** Then others have their turn with the session, and an administrator who stops the deliveries waits no longer. */
    private static final Duration TURN = Duration.ofMillis(500);

    /** How many to lock in the first transaction; from then on it follows how many may share one. */
    private static final int FIRST = 16;

    @Inject
    DrainRun drainRun;

    @Inject
    LeaseAlone leaseAlone;

    @Inject
    Drains drains;

    @Inject
    Outage outage;

    @Inject
    ErrandConfig config;

    /**
     * Runs short tasks until none is due, or its turn is over. Never throws.
     *
     * @param alone runs a task in a transaction of its own
     */
    void run(DrainMessage drain, Consumer<TaskMessage> alone) {
        long start = System.nanoTime();
        boolean worked = false;
        try {
            int limit = FIRST;
            Step step;
            do {
                drains.atWork(drain);
                step = drainRun.run(limit);
                worked |= step.done() > 0;
                for (TaskRecord task : step.wrong()) {
                    Optional<TaskMessage> leased = leaseAlone.lease(task);
                    leased.ifPresent(alone);
                    worked |= leased.isPresent();
                }
                limit = Math.max(FIRST, Math.min(2 * step.done(), config.bundleMax()));
            } while (step.more() && System.nanoTime() - start < TURN.toNanos() && !outage.lasts());
            drains.ended(drain, worked);
        } catch (Throwable e) {
            // nothing is lost: what was locked is due as it was
            drains.failed(drain);
            if (!outage.explains(e)) {
                Message.SWEEP_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }
}
