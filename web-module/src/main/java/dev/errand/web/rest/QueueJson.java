package dev.errand.web.rest;

import dev.errand.api.QueueInfo;
import dev.errand.web.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Queues as JSON; always a list, even of one queue. */
final class QueueJson {

    private QueueJson() {}

    static JsonNode of(List<QueueInfo> queues) {
        return Json.ofPlain(queues.stream().map(QueueJson::of).toList());
    }

    private static ObjectNode of(QueueInfo queue) {
        return Json.object()
                .put("name", queue.name())
                .put("pending", queue.pending())
                .put("due", queue.due())
                .put("running", queue.running())
                .put("paused", queue.paused())
                .put("pausedBy", queue.pausedBy())
                .put("pausedAt", TaskJson.text(queue.pausedAt()));
    }
}
