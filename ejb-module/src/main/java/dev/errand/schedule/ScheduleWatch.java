package dev.errand.schedule;

import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
import dev.errand.queue.FiringHint;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Fires schedules when the sweep looks, and tells it when to look next. It asks the database at the time of the next instant,
 * and at the sweep's slow beat, because other nodes write schedules, too. Thread-safe.
 */
@ApplicationScoped
public class ScheduleWatch {
    /** The number of schedules per transaction. */
    private static final int CHUNK = 100;

    /** The wait before the next look if a due schedule is locked by another transaction. */
    private static final long AGAIN_MILLIS = 1_000;

    @Inject
    ScheduleFiring firing;

    @Inject
    CodeSchedules code;

    @Inject
    FiringHint hint;

    @Inject
    DatabaseMonitor monitor;

    @Inject
    @EngineClock
    Clock clock;

    /**
     * Fires schedules, unless it is known that none is due.
     *
     * @param latest the latest time of the next call
     * @return the time of the next call
     */
    public long look(long latest) {
        long now = clock.millis();
        long known = hint.get();
        // the known time is later than the latest one only if the clock was set back
        if (now < known && known <= latest) {
            return known;
        }
        hint.set(latest);
        try {
            code.applyLate();
            int fired;
            do {
                fired = firing.fire(CHUNK);
            } while (fired >= CHUNK);
            firing.first().ifPresent(first -> hint.at(first > now ? first : now + AGAIN_MILLIS));
        } catch (RuntimeException e) {
            // the tasks that are due must not wait for it
            hint.set(now + AGAIN_MILLIS);
            if (!monitor.isCauseOf(e)) {
                LogMessage.SCHEDULES_FAILED.logAtMostOnceAMinute(e);
            }
        }
        return hint.get();
    }
}
