package dev.errand.manage.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.errand.api.TaskInfo;
import java.util.List;

/** A task as JSON with its runs, log and audit. The fields of {@link TaskJson} come first. */
public record TaskDetailJson(
        @JsonUnwrapped TaskJson task,
        List<TaskInfo.Run> runs,
        String runsNext,
        List<TaskInfo.LogLine> log,
        String logNext,
        List<TaskInfo.Audit> audit,
        TaskInfo.BlockedBy blockedBy) {

    /** Returns a task with its whole argument and result. */
    public static TaskDetailJson of(TaskInfo task) {
        return of(task, Integer.MAX_VALUE);
    }

    /** Returns a task, with an argument or result of more than {@code maxChars} characters cut to its beginning. */
    public static TaskDetailJson of(TaskInfo task, int maxChars) {
        return new TaskDetailJson(
                TaskJson.of(task, maxChars),
                task.runs(),
                task.runsNext(),
                task.log(),
                task.logNext(),
                task.audit(),
                task.blockedBy());
    }
}
