package dev.errand.it.broken;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;

/** Hides that it is a TaskHandler. */
@Stateless
@LocalBean
@Task("broken.localbean")
public class LocalBeanTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
