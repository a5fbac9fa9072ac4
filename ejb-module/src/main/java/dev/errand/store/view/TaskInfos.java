package dev.errand.store.view;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskInfo.Run;
import dev.errand.api.TaskState;
import dev.errand.api.TaskValue;
import dev.errand.json.Json;
import dev.errand.json.Shown;
import dev.errand.store.Millis;
import dev.errand.store.RunningRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The conversion of rows to the objects that users see. Pure. */
public final class TaskInfos {
    private TaskInfos() {}

    /**
     * Returns a task as a list shows it.
     *
     * @param mask names of fields whose values are shown to no user
     * @param handlerLimit the handler's maxRetries, for a task whose sender gave none
     */
    public static TaskInfo listed(TaskQueries.Row row, Set<String> mask, int handlerLimit) {
        return info(row, mask, handlerLimit, TaskSnapshot.LISTED_CHARS, TaskHistory.Part.NONE);
    }

    /** Returns a whole task, with a part of its history. */
    public static TaskInfo whole(TaskQueries.Row row, Set<String> mask, int handlerLimit, TaskHistory.Part history) {
        return info(row, mask, handlerLimit, Integer.MAX_VALUE, history);
    }

    private static TaskInfo info(
            TaskQueries.Row row, Set<String> mask, int handlerLimit, int maxChars, TaskHistory.Part history) {
        TaskSnapshot task = row.task();
        RunningRecord running = row.running();
        boolean runs = running != null;
        return new TaskInfo(
                task.id(),
                task.task(),
                task.queue(),
                runs ? TaskState.STARTED : task.state(),
                task.priority(),
                value(task.argument(), mask, maxChars),
                value(task.result(), mask, maxChars),
                task.error(),
                task.retries(),
                task.maxRetries() == null ? handlerLimit : task.maxRetries(),
                Millis.instant(task.createdAt()),
                Millis.instant(task.dueAt()),
                Millis.instant(task.expiresAt()),
                runs ? running.info().startedAt() : Millis.instant(task.startedAt()),
                runs ? null : Millis.instant(task.finishedAt()),
                runs ? running.info().node() : node(task, history),
                task.sentBy(),
                task.uniqueKey(),
                task.labels().title(),
                task.labels().tags(),
                task.labels().schedule(),
                task.labels().timeLimit() == null
                        ? null
                        : Duration.ofMillis(task.labels().timeLimit()),
                runs ? running.progress() : task.progress(),
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
    private static String node(TaskSnapshot task, TaskHistory.Part history) {
        List<Run> runs = history.runs();
        // on an older page, it would be the node of an older run
        boolean unknown = task.node() != null
                || runs.isEmpty()
                || runs.get(runs.size() - 1).number() != task.run() - 1;
        return unknown ? task.node() : runs.get(runs.size() - 1).node();
    }

    private static List<Run> runs(TaskQueries.Row row, TaskHistory.Part history) {
        List<Run> runs = new ArrayList<>(history.runs());
        if (history.last()) {
            runs.add(row.running() == null ? lastRun(row.task()) : row.running().info());
        }
        return runs;
    }

    private static Run lastRun(TaskSnapshot task) {
        return new Run(
                task.run(),
                task.node(),
                Millis.instant(task.startedAt()),
                Millis.instant(task.finishedAt()),
                task.state(),
                task.state().finished() ? task.error() : null);
    }
}
