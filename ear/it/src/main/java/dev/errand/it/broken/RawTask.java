package dev.errand.it.broken;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Says nothing of its argument's type. */
@Stateless
@Task("broken.raw")
@SuppressWarnings("rawtypes")
public class RawTask implements TaskHandler {
    @Override
    public Object handle(Object argument, TaskContext task) {
        return null;
    }
}
