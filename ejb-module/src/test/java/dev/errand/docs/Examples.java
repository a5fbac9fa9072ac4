package dev.errand.docs;

import dev.errand.api.OnDuplicate;
import dev.errand.api.Schedule;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskRequest;
import dev.errand.api.TaskSchedules;
import dev.errand.api.TaskSender;
import java.time.Duration;
import java.util.List;

/** The documents' examples of one line, so that the compiler sees them. Those of a whole class are classes of their own. */
final class Examples {
    private Examples() {}

    static void send(TaskSender tasks) {
        tasks.send("greeting.print", "Ann");
    }

    static void sendOnce(TaskSender tasks) {
        tasks.send("index.update", 17, TaskOptions.none().uniqueKey("index:17").onDuplicate(OnDuplicate.KEEP));
    }

    static void sendAfterAPause(TaskSender tasks, TaskOptions key) {
        tasks.send("index.update", 17, key.debounce(Duration.ofSeconds(5), Duration.ofMinutes(1)));
    }

    static void sendDifferentTasks(TaskSender tasks, String welcome, TaskOptions once) {
        tasks.sendAll(List.of(TaskRequest.of("mail.send", welcome), TaskRequest.of("index.update", 17, once)));
    }

    static void schedule(TaskSchedules schedules) {
        schedules.put(Schedule.named("sync-17").task("crm.sync").argument(17).every(Duration.ofMinutes(15)));
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
