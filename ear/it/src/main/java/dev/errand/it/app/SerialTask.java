package dev.errand.it.app;

import dev.errand.api.Limit;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A transactional run, one at a time per key. */
@Stateless
@Task("it.serial")
@Limit(name = "it.serial-per-key", concurrency = 1, by = "/key")
public class SerialTask implements TaskHandler<Sample, String> {
    @Inject
    private Ledger ledger;

    @Override
    public String handle(Sample sample, TaskContext task) throws InterruptedException {
        return Sample.run(sample, ledger, task);
    }
}
