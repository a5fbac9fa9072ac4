package dev.errand.manage.jmx;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A task as JSON for people, short enough for a console: a large argument or result is cut to the beginning of its text. REST
 * returns them whole. Pure.
 */
final class TaskText {
    static final int MAX_CHARS = 10_000;

    private TaskText() {}

    static String of(TaskInfo task) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("id", task.id());
        text.put("task", task.task());
        text.put("queue", task.queue());
        text.put("state", task.state());
        text.put("priority", task.priority());
        put(text, "argument", task.argumentValue());
        put(text, "result", task.resultValue());
        text.put("error", task.error());
        text.put("retries", task.retries());
        text.put("maxRetries", task.maxRetries());
        text.put("createdAt", task.createdAt());
        text.put("dueAt", task.dueAt());
        text.put("expiresAt", task.expiresAt());
        text.put("startedAt", task.startedAt());
        text.put("finishedAt", task.finishedAt());
        text.put("node", task.node());
        text.put("sentBy", task.sentBy());
        text.put("uniqueKey", task.uniqueKey());
        text.put("progress", task.progress());
        text.put("runs", task.runs());
        text.put("runsNext", task.runsNext());
        text.put("log", task.log());
        text.put("logNext", task.logNext());
        text.put("audit", task.audit());
        text.values().removeIf(Objects::isNull);
        return Json.pretty(text);
    }

    private static void put(Map<String, Object> text, String name, TaskValue value) {
        if (value.json().length() <= MAX_CHARS) {
            text.put(name, value.value());
        } else {
            text.put(name, value.json().substring(0, MAX_CHARS) + "…");
            text.put(name + "Cut", true);
        }
    }
}
