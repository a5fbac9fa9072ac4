package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The handler of a third application: it notes in the ledger which application has run it. */
@Stateless
@Task("crm.call")
public class CrmTask implements TaskHandler<String, String> {
    @Inject
    private Ledger ledger;

    @Override
    public String handle(String call, TaskContext task) throws NamingException {
        ledger.write(task.id(), InitialContext.doLookup("java:app/AppName"));
        return call;
    }
}
