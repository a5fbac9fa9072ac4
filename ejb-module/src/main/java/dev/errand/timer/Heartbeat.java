package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.limit.Limits;
import dev.errand.log.LogMessage;
import dev.errand.queue.Concurrency;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.Switches;
import dev.errand.run.RunningTask;
import dev.errand.run.RunningTasks;
import dev.errand.run.StuckRuns;
import dev.errand.store.RunReports;
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
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beat once a second for long runs: it renews leases, writes progress and log lines, and finds requests to stop a
 * run. Short runs never pay for it, and without runs the database is not asked.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Heartbeat {
    private static final long BEAT_MILLIS = 1_000;

    private static final long LONG_RUN_MILLIS = 1_000;

    /** The time per beat for records that are affected by a set clock: leases must be renewed in the meantime. */
    private static final Duration CLOCK_WORK = Duration.ofMillis(500);

    @Resource
    TimerService timers;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    RunningTasks running;

    @Inject
    RunReports reports;

    @Inject
    DueTaskSweep sweep;

    @Inject
    Membership membership;

    @Inject
    DueTasks dueTasks;

    @Inject
    InFlight inFlight;

    @Inject
    Concurrency concurrency;

    @Inject
    Limits limits;

    @Inject
    Switches switches = Switches.OFF;

    @Inject
    StuckRuns stuck;

    @Inject
    NodeActivity activity;

    @Inject
    ErrandConfig config;

    @Inject
    @EngineClock
    Clock clock;

    private final WatchedTimer timer = new WatchedTimer("heartbeat of running tasks", () -> timers, this::beatAndWait);
    private final ClockWatch clockWatch = new ClockWatch();
    /** The time of the clock before it was set back, until all records are adapted; 0 otherwise. */
    private long dueUntil;

    public void start() {
        timer.start(BEAT_MILLIS);
    }

    @PreDestroy
    void stop() {
        timer.stop();
    }

    @Timeout
    void onTime() {
        timer.fired();
    }

    /** Beats if the timer does not. Must be called once a second. */
    public void watch() {
        timer.watch();
    }

    private long beatAndWait() {
        beat();
        activity.beat();
        return BEAT_MILLIS;
    }

    private void beat() {
        monitor.watch();
        if (monitor.isDown()) {
            return;
        }
        try {
            watchClock();
            inFlight.eachSecond(concurrency.limit());
            if (config.sender()) {
                activity.looked();
            } else {
                sweep.watch();
            }
            membership.beat();
            limits.renew();
            switches.eachSecond();
        } catch (RuntimeException e) {
            failed(LogMessage.SWEEP_FAILED, e);
        }
        long now = clock.millis();
        Collection<RunningTask> all = running.all();
        stuck.watch(all, now);
        List<RunningTask> lasting = all.stream()
                // a run must not appear too young for the heartbeat because the clock was set back
                .filter(run -> Math.abs(now - run.startedAt()) >= LONG_RUN_MILLIS)
                .toList();
        try {
            if (!lasting.isEmpty()) {
                stopRevoked(lasting);
            }
        } catch (RuntimeException e) {
            failed(LogMessage.HEARTBEAT_FAILED, e);
        }
        for (RunningTask run : lasting) {
            try {
                report(run, now);
            } catch (RuntimeException e) {
                // a run that cannot be reported must not cost the others their leases
                failed(LogMessage.HEARTBEAT_FAILED, e);
            }
        }
    }

    private void failed(LogMessage message, RuntimeException e) {
        if (!monitor.isCauseOf(e)) {
            message.logAtMostOnceAMinute(e);
        }
    }

    private void watchClock() {
        long now = clock.millis();
        long jump = clockWatch.jump(now, System.nanoTime());
        if (jump != 0) {
            LogMessage.CLOCK_SET.logAtMostOnceAMinute(Duration.ofMillis(jump).truncatedTo(ChronoUnit.SECONDS));
        }
        if (jump < 0) {
            dueUntil = Math.max(dueUntil, now - jump);
        }
        if (dueUntil > 0) {
            inFlight.clockSetBack(now + config.lease().toMillis());
            long start = System.nanoTime();
            while (dueTasks.clockSetBack(dueUntil) > 0) {
                if (System.nanoTime() - start > CLOCK_WORK.toNanos()) {
                    // the next beat continues
                    return;
                }
            }
            dueUntil = 0;
        }
    }

    private void stopRevoked(List<RunningTask> lasting) {
        Set<String> revoked =
                reports.revocations(lasting.stream().map(RunningTask::id).collect(Collectors.toSet()));
        lasting.stream()
                .filter(run -> revoked.contains(run.id()) && !run.revoked())
                .forEach(RunningTask::revoke);
    }

    private void report(RunningTask run, long now) {
        if (run.handler().transactional()) {
            run.show(() -> reports.running(run.id(), run.run(), config.node(), run.startedAt(), now, run.progress()));
        } else {
            renew(run, now);
        }
        run.writeLines(lines -> reports.log(run.id(), run.run(), lines));
    }

    private void renew(RunningTask run, long now) {
        run.show(() -> {
            boolean ours = reports.renew(
                    run.id(), run.run(), config.node(), now + config.lease().toMillis(), run.progress());
            if (!ours) {
                // another node has taken the task over: two nodes should not do the same work
                run.revoke();
            }
        });
    }
}
