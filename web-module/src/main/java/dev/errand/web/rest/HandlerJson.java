package dev.errand.web.rest;

import dev.errand.api.HandlerInfo;
import dev.errand.web.http.Json;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The list of deployed tasks as JSON; durations are ISO-8601. */
final class HandlerJson {

    private HandlerJson() {}

    static JsonNode of(List<HandlerInfo> handlers) {
        return Json.ofPlain(handlers.stream().map(HandlerJson::of).toList());
    }

    private static ObjectNode of(HandlerInfo handler) {
        ObjectNode json = Json.object()
                .put("task", handler.task())
                .put("class", handler.handler())
                .put("module", handler.module())
                .put("queue", handler.queue())
                .put("priority", handler.priority())
                .put("argumentType", handler.argumentType());
        json.set("retryPolicy", of(handler.retryPolicy()));
        return json.put("timeLimit", Objects.toString(handler.timeLimit(), null))
                .put("transactional", handler.transactional());
    }

    private static ObjectNode of(HandlerInfo.Policy policy) {
        ObjectNode json = Json.object();
        json.set("on", Json.ofPlain(policy.on()));
        json.set("except", Json.ofPlain(policy.except()));
        return json.put("maxRetries", policy.maxRetries())
                .put("countdown", Objects.toString(policy.countdown(), null))
                .put("backoff", policy.backoff())
                .put("maxCountdown", Objects.toString(policy.maxCountdown(), null))
                .put("jitter", policy.jitter());
    }
}
