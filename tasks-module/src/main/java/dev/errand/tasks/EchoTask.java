package dev.errand.tasks;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.log.Printable;
import jakarta.ejb.Stateless;

/** Prints its argument, as one line that no character in it can break. */
@Stateless
@Task("example.echo")
public class EchoTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String message, TaskContext task) {
        System.out.println(Printable.of(message));
        return null;
    }
}
