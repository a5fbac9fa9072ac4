package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A scripted handler. */
@Stateless
@Task(value = "it.outside", queue = "outside", priority = 5)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ScriptedOutside implements TaskHandler<Script, Object> {
    /** How it begins, what is said of a run whose own transaction with the ledger has failed. */
    public static final String OWN_FAILURE = "my own transaction failed";

    @Inject
    private Ledger ledger;

    @Override
    public Object handle(Script script, TaskContext task) throws Exception {
        try {
            return Script.run(script, ledger, task);
        } catch (EJBException e) {
            throw new IllegalStateException(OWN_FAILURE, e);
        }
    }
}
