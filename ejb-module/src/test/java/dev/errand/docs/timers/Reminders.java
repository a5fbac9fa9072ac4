package dev.errand.docs.timers;

import dev.errand.api.TaskOptions;
import dev.errand.api.TaskSender;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;

@Stateless
public class Reminders {
    @Inject
    private TaskSender tasks;

    public void remind(String address) {
        tasks.send("reminder.send", address, TaskOptions.none().countdown(Duration.ofDays(1)));
    }
}
