package dev.errand.it.app;

import dev.errand.api.TaskContext;

/** The work of a handler under a limit: it notes when it begins and when it ends. */
public record Sample(String key, long millis) {
    static String run(Sample sample, Ledger ledger, TaskContext task) throws InterruptedException {
        ledger.write(task.task() + " " + task.id(), "begin " + System.currentTimeMillis());
        Thread.sleep(sample.millis());
        ledger.write(task.task() + " " + task.id(), "end " + System.currentTimeMillis());
        return sample.key();
    }
}
