package dev.errand.bench.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.bench.Handled;
import jakarta.ejb.Stateless;

/** Does nothing, which leaves what the queue itself costs. */
@Stateless
@Task("bench.noop")
public class NoopTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        Handled.handle(argument);
        return null;
    }
}
