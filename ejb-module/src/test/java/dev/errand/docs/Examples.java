package dev.errand.docs;

import dev.errand.api.Schedule;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskSchedules;
import dev.errand.api.TaskSender;
import dev.errand.api.Workflow;
import dev.errand.api.Workflows;
import java.time.Duration;
import java.util.List;

/** The documents' examples of one line, so that the compiler sees them. Those of a whole class are classes of their own. */
final class Examples {
    private Examples() {}

    static void send(TaskSender tasks) {
        tasks.send("greeting.print", "Ann");
    }

    static void schedule(TaskSchedules schedules) {
        schedules.put(Schedule.named("sync-17").task("crm.sync").argument(17).every(Duration.ofMinutes(15)));
    }

    static void grow(Workflows workflows, TaskContext task, List<String> links) {
        workflows.add(task, Workflow.map("page.crawl", links));
    }

    static void retry(TaskContext task, Exception e) {
        throw task.retry(e).countdown(Duration.ofMinutes(2)).maxRetries(10);
    }

    static void later(TaskContext task) {
        throw task.snooze(Duration.ofMinutes(10));
    }

    static void never(TaskContext task) {
        throw task.cancel("the order is closed");
    }
}
