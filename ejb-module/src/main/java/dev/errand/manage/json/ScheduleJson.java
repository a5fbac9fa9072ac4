package dev.errand.manage.json;

import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.ScheduleInfo;
import dev.errand.json.Shown;
import java.time.Instant;

/**
 * A schedule as JSON.
 *
 * @param every an ISO-8601 duration
 * @param argument the JSON itself, unparsed
 */
public record ScheduleJson(
        String name,
        String task,
        String cron,
        String every,
        String zone,
        Shown argument,
        String queue,
        Integer priority,
        Misfire misfire,
        Overlap overlap,
        Instant from,
        Instant until,
        String jitter,
        boolean paused,
        String pausedBy,
        Instant pausedAt,
        ScheduleInfo.Origin origin,
        Instant next,
        Instant last,
        String lastTask,
        long skipped,
        Instant skippedAt,
        String problem) {

    public static ScheduleJson of(ScheduleInfo schedule) {
        return new ScheduleJson(
                schedule.name(),
                schedule.task(),
                schedule.cron(),
                schedule.every() == null ? null : schedule.every().toString(),
                schedule.zone().getId(),
                new Shown(
                        schedule.argumentValue().json(),
                        schedule.argumentValue().cut()),
                schedule.queue(),
                schedule.priority(),
                schedule.misfire(),
                schedule.overlap(),
                schedule.from(),
                schedule.until(),
                schedule.jitter() == null ? null : schedule.jitter().toString(),
                schedule.paused(),
                schedule.pausedBy(),
                schedule.pausedAt(),
                schedule.origin(),
                schedule.next(),
                schedule.last(),
                schedule.lastTask(),
                schedule.skipped(),
                schedule.skippedAt(),
                schedule.problem());
    }
}
