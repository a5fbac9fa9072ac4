package dev.errand.it.broken;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** Has a retry policy with a duration that is none. */
@Stateless
@Task("broken.policy")
@RetryPolicy(countdown = "soon")
public class PolicyTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String argument, TaskContext task) {
        return null;
    }
}
