package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A scripted handler. */
@Stateless
@Task(value = "it.limited-outside", timeLimit = "PT1S")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LimitedOutside implements TaskHandler<Script, Object> {
    @Inject
    private Ledger ledger;

    @Override
    public Object handle(Script script, TaskContext task) throws Exception {
        return Script.run(script, ledger, task);
    }
}
