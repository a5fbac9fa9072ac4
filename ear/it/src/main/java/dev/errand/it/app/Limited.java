package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A scripted handler. */
@Stateless
@Task(value = "it.limited", timeLimit = "PT1S")
public class Limited implements TaskHandler<Script, Object> {
    @Inject
    private Ledger ledger;

    @Override
    public Object handle(Script script, TaskContext task) throws Exception {
        return Script.run(script, ledger, task);
    }
}
