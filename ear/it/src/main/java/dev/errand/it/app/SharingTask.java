package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Tells in which transaction it ran. Writes a row if its first step is "write" or "fail". */
@Stateless
@Task("it.sharing")
public class SharingTask implements TaskHandler<Script, Integer> {
    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Inject
    private Ledger ledger;

    @Override
    public Integer handle(Script script, TaskContext task) {
        task.log("at work");
        if (!script.steps().get(0).equals("ok")) {
            ledger.write(task.id(), "done");
        }
        if (script.steps().get(0).equals("fail")) {
            throw new IllegalStateException("as the script says");
        }
        return transaction.getTransactionKey().hashCode();
    }
}
