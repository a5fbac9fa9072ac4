package dev.errand.it.broken;

import dev.errand.api.Periodic;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Has a schedule for a day that does not exist. */
@Stateless
@Task("broken.periodic")
@Periodic(cron = "0 0 30 2 *")
public class PeriodicTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
