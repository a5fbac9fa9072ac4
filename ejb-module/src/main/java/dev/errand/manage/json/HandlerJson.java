package dev.errand.manage.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.errand.api.HandlerHold;
import dev.errand.api.HandlerInfo;
import java.time.Duration;
import java.time.Instant;

/** A deployed task as JSON; durations are ISO-8601. */
public record HandlerJson(
        String task,
        @JsonProperty("class") String handler,
        String module,
        String queue,
        int priority,
        String argumentType,
        HandlerInfo.Policy retryPolicy,
        Duration timeLimit,
        boolean transactional,
        boolean paused,
        String pausedBy,
        Instant pausedAt,
        HandlerHold.Blown fuse) {

    public static HandlerJson of(HandlerInfo handler) {
        return new HandlerJson(
                handler.task(),
                handler.handler(),
                handler.module(),
                handler.queue(),
                handler.priority(),
                handler.argumentType(),
                handler.retryPolicy(),
                handler.timeLimit(),
                handler.transactional(),
                handler.hold().paused(),
                handler.hold().pausedBy(),
                handler.hold().pausedAt(),
                handler.hold().fuse());
    }
}
