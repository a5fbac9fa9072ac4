package dev.errand.tasks.data;

import dev.errand.api.TaskContext;

/** Reports how many rows are done, and stops the work when the task is revoked. For one thread. */
public final class Progress {
    private static final int EVERY = 1_024;

    private final TaskContext task;
    private int calls;

    public Progress(TaskContext task) {
        this.task = task;
    }

    /**
     * Counts one row.
     *
     * @param total 0 if unknown
     * @throws InterruptedException if the task was revoked or its thread was interrupted
     */
    public void row(long done, long total, String work) throws InterruptedException {
        if (calls++ % EVERY == 0) {
            check();
            task.progress(done, total, work);
        }
    }

    /** Keeps a line with the task, for people to read. */
    public void say(String line) {
        task.log(line);
    }

    /**
     * Stops a task that was revoked.
     *
     * @throws InterruptedException if the task was revoked or its thread was interrupted
     */
    public void check() throws InterruptedException {
        if (task.revoked()) {
            throw new InterruptedException("The task was revoked.");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("The task was interrupted.");
        }
    }
}
