package dev.errand.it.broken;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** Is a bean, but no session bean. */
@ApplicationScoped
@Task("broken.scoped")
public class ScopedTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
