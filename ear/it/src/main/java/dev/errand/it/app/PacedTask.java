package dev.errand.it.app;

import dev.errand.api.Limit;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A short transactional run that may share a commit, at most twenty per second. */
@Stateless
@Task("it.paced")
@Limit(rate = "20/s", burst = 2, concurrency = 2)
public class PacedTask implements TaskHandler<Sample, String> {
    @Inject
    private Ledger ledger;

    @Override
    public String handle(Sample sample, TaskContext task) throws InterruptedException {
        return Sample.run(sample, ledger, task);
    }
}
