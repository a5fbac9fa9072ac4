package dev.errand.web.rest;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskPage;
import dev.errand.api.TaskValue;
import dev.errand.web.http.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A task as JSON. Every field is always present, null or not; instants are ISO-8601 in UTC. */
final class TaskJson {

    /** The format of instants: always three digits of a second, so that their texts sort as the instants do. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private TaskJson() {}

    /** Returns a task with its runs, log and audit. */
    static ObjectNode of(TaskInfo task) {
        ObjectNode json = base(task, true);
        ArrayNode runs = json.putArray("runs");
        for (TaskInfo.Run run : task.runs()) {
            ObjectNode one = runs.addObject()
                    .put("number", run.number())
                    .put("node", run.node())
                    .put("startedAt", text(run.startedAt()))
                    .put("finishedAt", text(run.finishedAt()))
                    .put("state", text(run.state()));
            one.set("error", error(run.error(), true));
        }
        json.put("runsNext", task.runsNext());
        ArrayNode log = json.putArray("log");
        for (TaskInfo.LogLine line : task.log()) {
            log.addObject().put("run", line.run()).put("at", text(line.at())).put("message", line.message());
        }
        json.put("logNext", task.logNext());
        ArrayNode audit = json.putArray("audit");
        for (TaskInfo.Audit entry : task.audit()) {
            audit.addObject().put("at", text(entry.at())).put("by", entry.by()).put("action", text(entry.action()));
        }
        return json;
    }

    /**
     * Returns a page of tasks, without stack traces, runs, logs and audit, and with only the beginning of a large
     * argument or result.
     */
    static ObjectNode of(TaskPage page) {
        ObjectNode json = Json.object();
        ArrayNode tasks = json.putArray("tasks");
        page.tasks().forEach(task -> tasks.add(base(task, false)));
        return json.put("next", page.next());
    }

    private static ObjectNode base(TaskInfo task, boolean withTrace) {
        ObjectNode json = Json.object()
                .put("id", task.id())
                .put("task", task.task())
                .put("queue", task.queue())
                .put("state", text(task.state()))
                .put("priority", task.priority());
        json.set("argument", value(task.argumentValue()));
        json.put("argumentCut", task.argumentValue().cut());
        json.set("result", value(task.resultValue()));
        json.put("resultCut", task.resultValue().cut());
        json.set("error", error(task.error(), withTrace));
        json.put("retries", task.retries())
                .put("maxRetries", task.maxRetries())
                .put("createdAt", text(task.createdAt()))
                .put("dueAt", text(task.dueAt()))
                .put("startedAt", text(task.startedAt()))
                .put("finishedAt", text(task.finishedAt()))
                .put("node", task.node())
                .put("sentBy", task.sentBy());
        json.set("progress", progress(task.progress()));
        return json.put("expiresAt", text(task.expiresAt())).put("uniqueKey", task.uniqueKey());
    }

    /** Returns the JSON itself, unparsed; if it is cut, its beginning as a text. */
    private static JsonNode value(TaskValue value) {
        return value.cut() ? Json.ofPlain(value.json()) : Json.raw(value.json());
    }

    private static ObjectNode error(TaskInfo.TaskError error, boolean withTrace) {
        return error == null
                ? null
                : Json.object()
                        .put("type", error.type())
                        .put("message", error.message())
                        .put("trace", withTrace ? error.trace() : null);
    }

    private static ObjectNode progress(TaskInfo.Progress progress) {
        return progress == null
                ? null
                : Json.object()
                        .put("done", progress.done())
                        .put("total", progress.total())
                        .put("message", progress.message());
    }

    static String text(Instant instant) {
        return instant == null ? null : INSTANT.format(instant);
    }

    private static String text(Enum<?> value) {
        return value == null ? null : value.name();
    }
}
