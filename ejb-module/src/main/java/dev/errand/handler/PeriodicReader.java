package dev.errand.handler;

import dev.errand.api.Durations;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.Periodic;
import dev.errand.api.Schedule;
import dev.errand.api.TaskValue;
import dev.errand.cron.Timing;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import jakarta.enterprise.inject.spi.AnnotatedType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** Reader of the schedules of a handler's class. It refuses an error with class, module and fix. Pure. */
final class PeriodicReader {
    private PeriodicReader() {}

    /** @throws InvalidDeploymentException if a value is wrong */
    static List<Schedule> read(AnnotatedType<?> type, Handler handler) {
        String where = HandlerReader.where(type.getJavaClass());
        return type.getAnnotations(Periodic.class).stream()
                .map(periodic -> read(periodic, handler, where))
                .toList();
    }

    private static Schedule read(Periodic periodic, Handler handler, String where) {
        try {
            Schedule schedule = schedule(periodic, handler, where);
            Timing.of(schedule.cron(), schedule.every(), schedule.zone(), schedule.from(), schedule.until());
            return schedule;
        } catch (InvalidValueException e) {
            throw new InvalidDeploymentException(where + ": @Periodic is wrong. " + e.getMessage(), e);
        }
    }

    private static Schedule schedule(Periodic periodic, Handler handler, String where) {
        String name = periodic.name().isEmpty() ? handler.task() : periodic.name();
        Schedule schedule = Schedule.named(name)
                .task(handler.task())
                .zone(zone(periodic.zone(), where))
                .misfire(periodic.misfire())
                .overlap(periodic.overlap());
        if (periodic.cron().isEmpty() == periodic.every().isEmpty()) {
            throw wrong(where, "needs cron or every, and not both", "cron = \"30 2 * * *\" or every = \"PT15M\"");
        }
        schedule = periodic.cron().isEmpty()
                ? schedule.every(duration(periodic.every(), "every", where))
                : schedule.cron(periodic.cron());
        if (!periodic.argument().isEmpty()) {
            schedule = schedule.argument(argument(periodic.argument(), handler, where));
        }
        if (!periodic.queue().isEmpty()) {
            schedule = schedule.queue(periodic.queue());
        }
        if (periodic.priority() != -1) {
            schedule = schedule.priority(periodic.priority());
        }
        if (!periodic.from().isEmpty()) {
            schedule = schedule.from(instant(periodic.from(), "from", where));
        }
        if (!periodic.until().isEmpty()) {
            schedule = schedule.until(instant(periodic.until(), "until", where));
        }
        return periodic.jitter().isEmpty() ? schedule : schedule.jitter(duration(periodic.jitter(), "jitter", where));
    }

    private static Duration duration(String text, String member, String where) {
        try {
            return Durations.parse(text);
        } catch (DateTimeException e) {
            throw wrong(where, "has " + member + " = \"" + text + "\"", "an ISO-8601 duration such as \"PT15M\"");
        }
    }

    private static ZoneId zone(String text, String where) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw wrong(where, "has zone = \"" + text + "\"", "the name of a zone such as \"Europe/Berlin\"");
        }
    }

    private static Instant instant(String text, String member, String where) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong(
                    where,
                    "has " + member + " = \"" + text + "\"",
                    "an instant in ISO-8601 with its offset, \"2030-01-31T12:00:00Z\"");
        }
    }

    private static TaskValue argument(String json, Handler handler, String where) {
        try {
            Json.read(Json.checked(json), handler.argumentType());
            return TaskValue.ofJson(json);
        } catch (NotJsonException e) {
            throw wrong(
                    where,
                    "has an argument that does not fit the handler: " + e.getMessage(),
                    "JSON that fits " + handler.argumentType().getTypeName());
        }
    }

    private static InvalidDeploymentException wrong(String where, String problem, String allowed) {
        return new InvalidDeploymentException(where + ": @Periodic " + problem + ". Use " + allowed + ".");
    }
}
