package dev.errand.timer;

import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.dispatch.RunningTask;
import dev.errand.dispatch.RunningTasks;
import dev.errand.log.Message;
import dev.errand.queue.InFlight;
import dev.errand.store.RunReports;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Once a second, for runs that last: renews leases, shows progress and log, and looks whether somebody wants them to stop.
 * Short runs never pay for it, and without runs the database is not asked.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Heartbeat {
    private static final long LASTS_MILLIS = 1_000;

    @Inject
    private RunningTasks running;

    @Inject
    private RunReports reports;

    @Inject
    private DueTaskSweep sweep;

    @Inject
    private InFlight inFlight;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false, info = "heartbeat of running tasks")
    void beat() {
        try {
            inFlight.eachSecond();
            sweep.watch();
        } catch (RuntimeException e) {
            Message.SWEEP_FAILED.logAtMostOnceAMinute(e);
        }
        long now = clock.millis();
        List<RunningTask> lasting = running.all().stream()
                .filter(run -> run.startedAt() <= now - LASTS_MILLIS)
                .toList();
        try {
            if (!lasting.isEmpty()) {
                stopRevoked(lasting);
            }
        } catch (RuntimeException e) {
            Message.HEARTBEAT_FAILED.logAtMostOnceAMinute(e);
        }
        for (RunningTask run : lasting) {
            try {
                report(run, now);
            } catch (RuntimeException e) {
                // one that cannot be reported must not cost the others their leases
                Message.HEARTBEAT_FAILED.logAtMostOnceAMinute(e);
            }
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
                // another node has taken the task over: two should not do the same work
                run.revoke();
            }
        });
    }
}
