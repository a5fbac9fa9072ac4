package dev.errand.store;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskInfo.Run;
import dev.errand.api.TaskInfo.TaskError;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import dev.errand.json.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The conversion of rows to the objects that users see. Pure. */
public final class Infos {
    private Infos() {}

    /**
     * Returns a task as a list shows it.
     *
     * @param mask names of fields whose values are shown to no user
     * @param handlerLimit the handler's maxRetries, for a task whose sender gave none
     */
    public static TaskInfo listed(TaskQueries.Row row, Set<String> mask, int handlerLimit) {
        return info(row, mask, handlerLimit, ListSql.MAX_CHARS, TaskHistory.Part.NONE);
    }

    /** Returns a whole task, with a part of its history. */
    public static TaskInfo whole(TaskQueries.Row row, Set<String> mask, int handlerLimit, TaskHistory.Part history) {
        return info(row, mask, handlerLimit, Integer.MAX_VALUE, history);
    }

    private static TaskInfo info(
            TaskQueries.Row row, Set<String> mask, int handlerLimit, int maxChars, TaskHistory.Part history) {
        TaskRecord record = row.record();
        RunningRecord running = row.running();
        boolean runs = running != null;
        return new TaskInfo(
                record.id,
                record.task,
                record.queue,
                runs ? TaskState.STARTED : record.state,
                record.priority,
                value(record.argument, mask, maxChars),
                value(record.result, mask, maxChars),
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
                history.runsNext(),
                history.log(),
                history.logNext(),
                history.audit());
    }

    private static TaskValue value(String text, Set<String> mask, int maxChars) {
        Shown shown = Shown.of(text, mask, maxChars);
        return new TaskValue(shown.text(), shown.cut(), Json::plain);
    }

    /**
     * Returns the node of the last run. A task that waits for its retry is held by no node, but users ask where it ran.
     */
    private static String node(TaskRecord record, TaskHistory.Part history) {
        List<RunRecord> runs = history.runs();
        // on an older page, it would be the node of an older run
        boolean unknown = record.node != null || runs.isEmpty() || runs.get(runs.size() - 1).id.run != record.run - 1;
        return unknown ? record.node : runs.get(runs.size() - 1).node;
    }

    private static List<Run> runs(TaskQueries.Row row, TaskHistory.Part history) {
        TaskRecord record = row.record();
        RunningRecord running = row.running();
        List<Run> runs = new ArrayList<>();
        for (RunRecord run : history.runs()) {
            runs.add(new Run(
                    run.id.run,
                    run.node,
                    instant(run.startedAt),
                    instant(run.finishedAt),
                    run.state,
                    error(run.errorType, run.errorMessage, run.errorTrace)));
        }
        if (!history.last()) {
            return runs;
        }
        if (running != null) {
            runs.add(new Run(running.run, running.node, instant(running.startedAt), null, TaskState.STARTED, null));
        } else {
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
