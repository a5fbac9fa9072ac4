package dev.errand.it.broken;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;

/** Is no bean at all. */
@Task("broken.plain")
public class PlainTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
