package dev.errand.it.broken;

import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Lacks the qualifier. */
@Stateless
public class NamelessTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
