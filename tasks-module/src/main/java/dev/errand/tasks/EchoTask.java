package dev.errand.tasks;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("example.echo")
public class EchoTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String message, TaskContext task) {
        System.out.println(message);
        return null;
    }
}
