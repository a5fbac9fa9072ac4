package dev.errand.schedule;

import dev.errand.api.InvalidValueException;
import dev.errand.api.Schedule;
import dev.errand.api.TaskValue;
import dev.errand.cron.Timing;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.store.Millis;
import dev.errand.store.ScheduleRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The conversion of a definition between a user's {@link Schedule}, its row and its {@link Timing}. Pure. */
final class Terms {
    private Terms() {}

    /**
     * Returns the terms for the row.
     *
     * @throws InvalidValueException with the field at fault; the cron expression is not checked here
     */
    static ScheduleRow.Terms of(Schedule schedule, int maxArgumentBytes) {
        if (schedule.task() == null) {
            throw new InvalidValueException(
                    "task", "The schedule \"" + schedule.name() + "\" has no task. Give the name of a task.");
        }
        return new ScheduleRow.Terms(
                schedule.task(),
                schedule.cron() == null ? null : schedule.cron().strip(),
                schedule.every() == null ? null : schedule.every().getSeconds(),
                schedule.zone().getId(),
                argument(schedule, maxArgumentBytes),
                schedule.queue(),
                schedule.priority(),
                schedule.misfire(),
                schedule.overlap(),
                schedule.from() == null ? null : schedule.from().toEpochMilli(),
                schedule.until() == null ? null : schedule.until().toEpochMilli(),
                schedule.jitter() == null ? null : schedule.jitter().toMillis());
    }

    private static String argument(Schedule schedule, int maxBytes) {
        Object argument = schedule.argument();
        String json;
        try {
            json = argument instanceof TaskValue value ? Json.checked(value.json()) : Json.write(argument);
        } catch (NotJsonException e) {
            throw new InvalidValueException(
                    "argument",
                    "The argument of the schedule \"" + schedule.name() + "\" cannot be written as JSON: "
                            + e.getMessage() + ". Use a record, a bean, a list, a map or a simple value.",
                    e);
        }
        if (Json.longer(json, maxBytes)) {
            throw new InvalidValueException(
                    "argument",
                    "The argument of the schedule \"" + schedule.name() + "\" is larger than " + maxBytes
                            + " bytes as JSON. Give a reference to the data, or raise errand.argument.max-bytes.");
        }
        return json;
    }

    /**
     * Returns the instants.
     *
     * @throws InvalidValueException if the terms are wrong
     * @throws java.time.DateTimeException if this Java does not know the zone
     */
    static Timing timing(ScheduleRow.Terms terms) {
        return Timing.of(
                terms.cron(), every(terms), ZoneId.of(terms.zone()), instant(terms.from()), instant(terms.until()));
    }

    static Duration every(ScheduleRow.Terms terms) {
        return terms.everySeconds() == null ? null : Duration.ofSeconds(terms.everySeconds());
    }

    static Instant instant(Long millis) {
        return Millis.instant(millis);
    }
}
