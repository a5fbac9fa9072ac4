package dev.errand.store;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskInfo.Run;
import dev.errand.api.TaskInfo.TaskError;
import dev.errand.api.TaskState;
import dev.errand.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** From rows to what people see. Pure. */
public final class Infos {
    private Infos() {}

    /**
     * @param mask names of fields whose values nobody is shown
     * @param handlerLimit the handler's maxRetries, for a task whose sender gave none
     * @param history the runs before the last
     */
    public static TaskInfo info(
            TaskQueries.Row row,
            Set<String> mask,
            int handlerLimit,
            List<RunRecord> history,
            List<TaskInfo.LogLine> log,
            List<TaskInfo.Audit> audit) {
        TaskRecord record = row.record();
        RunningRecord running = row.running();
        boolean runs = running != null;
        return new TaskInfo(
                record.id,
                record.task,
                record.queue,
                runs ? TaskState.STARTED : record.state,
                record.priority,
                Json.plain(record.argument, mask),
                Json.plain(record.result, mask),
                error(record),
                record.retries,
                record.maxRetries == null ? handlerLimit : record.maxRetries,
                instant(record.createdAt),
                instant(record.dueAt),
                instant(record.expiresAt),
                instant(runs ? Long.valueOf(running.startedAt) : record.startedAt),
                runs ? null : instant(record.finishedAt),
                runs ? running.node : node(record, history),
                record.sentBy,
                record.uniqueKey,
                runs
                        ? progress(running.progressDone, running.progressTotal, running.progressMessage)
                        : progress(record.progressDone, record.progressTotal, record.progressMessage),
                runs(row, history),
                log,
                audit);
    }

    /** Nobody has a task that waits for its retry; people ask where it ran. */
    private static String node(TaskRecord record, List<RunRecord> history) {
        return record.node == null && !history.isEmpty() ? history.get(history.size() - 1).node : record.node;
    }

    private static List<Run> runs(TaskQueries.Row row, List<RunRecord> history) {
        TaskRecord record = row.record();
        RunningRecord running = row.running();
        List<Run> runs = new ArrayList<>();
        for (RunRecord run : history) {
            runs.add(new Run(
                    run.id.run,
                    run.node,
                    instant(run.startedAt),
                    instant(run.finishedAt),
                    run.state,
                    error(run.errorType, run.errorMessage, run.errorTrace)));
        }
        if (running != null) {
            runs.add(new Run(running.run, running.node, instant(running.startedAt), null, TaskState.STARTED, null));
        } else if (record.startedAt != null && (record.state.over() || record.state == TaskState.STARTED)) {
            runs.add(new Run(
                    record.run,
                    record.node,
                    instant(record.startedAt),
                    instant(record.finishedAt),
                    record.state,
                    record.state.over() ? error(record) : null));
        }
        return runs;
    }

    private static TaskError error(TaskRecord record) {
        return error(record.errorType, record.errorMessage, record.errorTrace);
    }

    private static TaskError error(String type, String message, String trace) {
        return type == null ? null : new TaskError(type, message, trace);
    }

    private static Progress progress(Long done, Long total, String message) {
        return done == null ? null : new Progress(done, total == null ? 0 : total, message);
    }

    static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
