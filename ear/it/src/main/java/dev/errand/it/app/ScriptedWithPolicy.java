package dev.errand.it.app;

import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;

/** A scripted handler. */
@Stateless
@Task("it.policy")
@RetryPolicy(
        on = IOException.class,
        except = FileNotFoundException.class,
        maxRetries = 2,
        countdowns = {"PT0.1S", "PT1S"})
public class ScriptedWithPolicy implements TaskHandler<Script, Object> {
    @Inject
    private Ledger ledger;

    @Override
    public Object handle(Script script, TaskContext task) throws Exception {
        return Script.run(script, ledger, task);
    }
}
