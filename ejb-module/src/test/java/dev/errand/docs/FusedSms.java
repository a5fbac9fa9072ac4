package dev.errand.docs;

import dev.errand.api.Fuse;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("sms.send")
@Fuse(failures = 10, within = "PT1M", retryAfter = "PT5M")
public class FusedSms implements TaskHandler<String, Void> {
    @Override
    public Void handle(String text, TaskContext task) {
        System.out.println("An SMS: " + text);
        return null;
    }
}
