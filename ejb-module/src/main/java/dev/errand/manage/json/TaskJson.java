package dev.errand.manage.json;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import dev.errand.json.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A task as JSON, as a list has it: without its runs, log and audit.
 *
 * @param argument the JSON itself, unparsed; if it is cut, its beginning as a text
 * @param result the result, likewise
 */
public record TaskJson(
        String id,
        String task,
        String queue,
        TaskState state,
        int priority,
        Shown argument,
        boolean argumentCut,
        Shown result,
        boolean resultCut,
        TaskInfo.TaskError error,
        int retries,
        int maxRetries,
        Instant createdAt,
        Instant dueAt,
        Instant startedAt,
        Instant finishedAt,
        String node,
        String sentBy,
        TaskInfo.Progress progress,
        Instant expiresAt,
        String uniqueKey,
        String title,
        List<String> tags,
        String schedule,
        Duration timeLimit) {

    static TaskJson of(TaskInfo task, int maxChars) {
        Shown argument = shown(task.argumentValue(), maxChars);
        Shown result = shown(task.resultValue(), maxChars);
        return new TaskJson(
                task.id(),
                task.task(),
                task.queue(),
                task.state(),
                task.priority(),
                argument,
                argument.cut(),
                result,
                result.cut(),
                task.error(),
                task.retries(),
                task.maxRetries(),
                task.createdAt(),
                task.dueAt(),
                task.startedAt(),
                task.finishedAt(),
                task.node(),
                task.sentBy(),
                task.progress(),
                task.expiresAt(),
                task.uniqueKey(),
                task.title(),
                task.tags(),
                task.schedule(),
                task.timeLimit());
    }

    private static Shown shown(TaskValue value, int maxChars) {
        String json = value.json();
        return json.length() <= maxChars
                ? new Shown(json, value.cut())
                : new Shown(json.substring(0, maxChars) + "…", true);
    }
}
