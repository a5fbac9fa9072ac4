package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Says whether a transaction is there that it did not ask for. */
@Stateless
@Task("it.status")
public class TransactionTask implements TaskHandler<Void, Integer> {
    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Override
    @TransactionAttribute(TransactionAttributeType.NEVER)
    public Integer handle(Void nothing, TaskContext task) {
        return transaction.getTransactionStatus();
    }
}
