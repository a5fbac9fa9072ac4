package dev.errand.it.app;

import dev.errand.api.Periodic;
import dev.errand.api.Schedule;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskSchedules;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Has schedules that do not fire by themselves during the tests, and writes others in its transaction. */
@Stateless
@Task("it.periodic")
@Periodic(cron = "30 2 29 2 *", zone = "Europe/Berlin", argument = "{\"steps\": []}")
@Periodic(name = "it.periodic.rare", every = "P365D")
public class PeriodicTask implements TaskHandler<Script, String> {
    @Inject
    private TaskSchedules schedules;

    @Override
    public String handle(Script script, TaskContext task) {
        List<String> steps = script == null ? List.of() : script.steps();
        for (String name : steps) {
            schedules.put(Schedule.named(name).task("example.echo").every(Duration.ofDays(1)));
        }
        if (steps.size() > 1) {
            throw new IllegalStateException("as the test says");
        }
        return steps.isEmpty() ? "nothing" : schedules.runNow(steps.get(0));
    }
}
