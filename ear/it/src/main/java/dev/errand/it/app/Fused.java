package dev.errand.it.app;

import dev.errand.api.Fuse;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A scripted handler with a fuse. */
@Stateless
@Task("it.fused")
@Fuse(failures = 3, within = "PT1M", retryAfter = "PT2S")
public class Fused implements TaskHandler<Script, Object> {
    @Inject
    private Ledger ledger;

    @Override
    public Object handle(Script script, TaskContext task) throws Exception {
        return Script.run(script, ledger, task);
    }
}
