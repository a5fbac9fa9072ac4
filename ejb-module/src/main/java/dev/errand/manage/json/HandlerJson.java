package dev.errand.manage.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.errand.api.HandlerInfo;
import java.time.Duration;

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
        boolean transactional) {

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
                handler.transactional());
    }
}
