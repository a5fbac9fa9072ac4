package dev.errand.run;

import dev.errand.config.EngineClock;
import dev.errand.handler.FuseRule;
import dev.errand.handler.FuseRules;
import dev.errand.log.LogMessage;
import dev.errand.queue.Switches;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * The fuses of handlers: they count failures, blow, and close when a probe has succeeded. A task without a fuse costs nothing.
 * An error here changes no outcome. Thread-safe.
 */
@ApplicationScoped
public class Fuses {
    @Inject
    FuseRules rules;

    @Inject
    Switches switches;

    @Inject
    HandlerRecords records;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    @EngineClock
    Clock clock;

    /** Notes that a task has succeeded. */
    void succeeded(String task, String id) {
        if (rules.find(task).isPresent()) {
            quietly(() -> close(task, id));
        }
    }

    private void close(String task, String id) {
        Hold hold = switches.current().holds().get(task);
        if (hold != null && id.equals(hold.probe()) && records.close(task, id, clock.millis())) {
            LogMessage.FUSE_CLOSED.log(task, id);
            switches.refresh();
        }
    }

    /** Notes that a run has ended without success. */
    void ended(String task, String id, Outcome outcome) {
        Optional<FuseRule> rule = rules.find(task);
        Throwable error = error(outcome);
        if (rule.isPresent() && error != null) {
            quietly(() -> failed(rule.get(), id, error.getClass().getName()));
        }
    }

    private static Throwable error(Outcome outcome) {
        if (outcome instanceof Outcome.Failure failure) {
            return failure.error();
        }
        return outcome instanceof Outcome.Retry retry ? retry.error() : null;
    }

    private void failed(FuseRule rule, String id, String error) {
        long now = clock.millis();
        long next = now + rule.retryAfter().toMillis();
        Hold hold = switches.current().holds().get(rule.task());
        if (hold != null && hold.fuseAt() != null) {
            if (id.equals(hold.probe()) && records.probeFailed(rule.task(), id, next)) {
                LogMessage.FUSE_STAYS.log(rule.task(), id, error, rule.retryAfter());
                switches.refresh();
            }
            return;
        }
        long failures =
                records.failed(rule.task(), error, now, now - rule.within().toMillis());
        if (failures >= rule.failures() && records.blow(rule.task(), error, now, next)) {
            LogMessage.FUSE_BLOWN.log(rule.task(), failures, rule.within(), error, rule.retryAfter());
            switches.refresh();
        }
    }

    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!monitor.isCauseOf(e)) {
                LogMessage.FUSE_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }
}
