package dev.errand.docs;

import dev.errand.api.Schedule;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskSchedules;
import dev.errand.api.TaskSender;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The documents' examples of one line, so that the compiler sees them. Those of a whole class are classes of their own. */
final class Examples {
    private Examples() {}

    static void send(TaskSender tasks) {
        tasks.send("greeting.print", "Ann");
    }

    static void schedule(TaskSchedules schedules) {
        schedules.put(
                Schedule.named("tenant-17-sync").task("crm.sync").argument(17).every(Duration.ofMinutes(15)));
    }

    static void steer(TaskSchedules schedules) {
        schedules.pause("tenant-17-sync");
        schedules.resume("tenant-17-sync");
        String id = schedules.runNow("tenant-17-sync");
        System.out.println(id);
        schedules.remove("tenant-17-sync");
    }

    static List<Instant> preview(TaskSchedules schedules) {
        return schedules.preview("30 2 * * MON#1", ZoneId.of("Europe/Berlin"), 5);
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
