package dev.errand.docs.timers;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("reminder.send")
public class ReminderTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String address, TaskContext task) {
        Mails.send(address);
        return null;
    }
}
