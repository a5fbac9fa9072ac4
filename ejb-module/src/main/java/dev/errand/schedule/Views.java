package dev.errand.schedule;

import dev.errand.api.InvalidValueException;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import dev.errand.json.Shown;
import dev.errand.store.ScheduleRow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;

/** The conversion of a row to the object that users see. Pure. */
final class Views {
    private Views() {}

    /**
     * @param runnable whether a live node has a handler for its task
     * @param mask names of fields whose values are shown to no user
     */
    static ScheduleInfo info(ScheduleRow row, boolean runnable, Set<String> mask) {
        ScheduleRow.Terms terms = row.terms();
        ScheduleRow.Course course = row.course();
        boolean paused = row.pause() != null;
        return new ScheduleInfo(
                row.name(),
                terms.task(),
                terms.cron(),
                Terms.every(terms),
                zone(terms),
                argument(terms.argument(), mask),
                terms.queue(),
                terms.priority(),
                terms.misfire(),
                terms.overlap(),
                Terms.instant(terms.from()),
                Terms.instant(terms.until()),
                terms.jitter() == null ? null : Duration.ofMillis(terms.jitter()),
                paused,
                paused ? row.pause().by() : null,
                paused ? Instant.ofEpochMilli(row.pause().at()) : null,
                row.origin(),
                paused ? null : Terms.instant(course.nextAt()),
                Terms.instant(course.lastAt()),
                course.lastTask(),
                course.skipped(),
                Terms.instant(course.skippedAt()),
                problem(terms, runnable));
    }

    private static TaskValue argument(String json, Set<String> mask) {
        Shown shown = Shown.of(json, mask, Integer.MAX_VALUE);
        return new TaskValue(shown.text(), shown.cut(), Json::plain);
    }

    private static ZoneId zone(ScheduleRow.Terms terms) {
        try {
            return ZoneId.of(terms.zone());
        } catch (DateTimeException e) {
            // the problem says so
            return ZoneOffset.UTC;
        }
    }

    private static String problem(ScheduleRow.Terms terms, boolean runnable) {
        try {
            Terms.timing(terms);
        } catch (DateTimeException | InvalidValueException e) {
            return "This node cannot read its times: " + e.getMessage() + ". Update the Java of this node, or put the"
                    + " schedule again.";
        }
        return runnable
                ? null
                : "No live node has a handler for the task \"" + terms.task()
                        + "\". Its first task waits, PARKED, and no further one is sent. Deploy the handler, or correct"
                        + " the name of the task.";
    }
}
