package dev.errand.schedule;

import dev.errand.store.ScheduleRow;
import dev.errand.store.ScheduleRow.Course;
import dev.errand.store.ScheduleRow.Pause;
import java.time.Instant;
import java.util.Optional;

/** The steps of a schedule that are not firings: it begins, changes, pauses, continues. Pure. */
final class Steps {
    private Steps() {}

    /** Sets the first instant. */
    static ScheduleRow begin(ScheduleRow row, Instant now) {
        return row.course(row.course().next(first(row.terms(), now)));
    }

    /** Changes the definition. The next instant stays if the times do, so that a redeployment does not move it. */
    static ScheduleRow change(ScheduleRow row, ScheduleRow.Terms terms, Instant now) {
        ScheduleRow changed = row.terms(terms);
        if (terms.hasTimesOf(row.terms())) {
            return changed;
        }
        Course course = row.course().next(first(terms, now));
        return changed.course(row.pause() == null ? course : course.wake(null));
    }

    private static Long first(ScheduleRow.Terms terms, Instant now) {
        return millis(Terms.timing(terms).afterBreak(null, now));
    }

    static ScheduleRow pause(ScheduleRow row, String by, Instant now) {
        return row.pause(new Pause(by, now.toEpochMilli())).course(row.course().wake(null));
    }

    /** Continues with the first instant after now: those of the pause are not missed. */
    static ScheduleRow resume(ScheduleRow row, Instant now) {
        Instant known = Terms.instant(row.course().nextAt());
        return row.pause(null)
                .course(row.course().next(millis(Terms.timing(row.terms()).afterBreak(known, now))));
    }

    /** @return null if the schedule has ended */
    private static Long millis(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli).orElse(null);
    }
}
