package dev.errand.timer;

import dev.errand.flow.WorkflowWatch;
import dev.errand.log.LogMessage;
import dev.errand.queue.TaskPublisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Checks once a second that the loops that keep this node at work continue. It does not use the timer service, because
 * they depend on it.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Watchdog {
    private static final long EVERY_MILLIS = 1_000;

    @Resource
    ManagedScheduledExecutorService scheduler;

    @Inject
    Heartbeat heartbeat;

    @Inject
    DueTaskSweep sweep;

    @Inject
    Pruner pruner;

    @Inject
    TaskPublisher publisher;

    @Inject
    WorkflowWatch workflows;

    private ScheduledFuture<?> watching;

    public void start() {
        watching = scheduler.scheduleWithFixedDelay(this::watch, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        if (watching != null) {
            watching.cancel(false);
        }
    }

    private void watch() {
        List.<Runnable>of(publisher::watch, heartbeat::watch, sweep::watch, pruner::watch, workflows::watch)
                .forEach(Watchdog::attempt);
    }

    /** Runs a check. A check that fails must neither prevent the others nor end the watchdog. */
    private static void attempt(Runnable watch) {
        try {
            watch.run();
        } catch (RuntimeException e) {
            LogMessage.WATCH_FAILED.logAtMostOnceAMinute(e);
        }
    }
}
