package dev.errand.manage.json;

import dev.errand.api.TaskPage;
import java.util.List;

/** A page of tasks as JSON. */
public record TaskPageJson(List<TaskJson> tasks, String next) {

    public static TaskPageJson of(TaskPage page) {
        return new TaskPageJson(
                page.tasks().stream()
                        .map(task -> TaskJson.of(task, Integer.MAX_VALUE))
                        .toList(),
                page.next());
    }
}
