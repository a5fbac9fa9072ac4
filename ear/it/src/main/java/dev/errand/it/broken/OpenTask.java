package dev.errand.it.broken;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Leaves its argument's type open. */
@Stateless
@Task("broken.open")
public class OpenTask<T> implements TaskHandler<T, Void> {
    @Override
    public Void handle(T argument, TaskContext task) {
        return null;
    }
}
