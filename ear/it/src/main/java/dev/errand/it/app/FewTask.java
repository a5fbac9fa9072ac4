package dev.errand.it.app;

import dev.errand.api.Limit;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A leased run of which three may run at once. */
@Stateless
@Task("it.few")
@Limit(concurrency = 3)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FewTask implements TaskHandler<Sample, String> {
    @Inject
    private Ledger ledger;

    @Override
    public String handle(Sample sample, TaskContext task) throws InterruptedException {
        return Sample.run(sample, ledger, task);
    }
}
