package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;

/**
 * The end of a run, for the record, whatever the outcome.
 *
 * @param progress the last reported progress, or null
 * @param workflow the workflow of which the task is a step, or null
 */
public record Ended(
        String id, int run, String node, long startedAt, long finishedAt, Progress progress, String workflow) {

    /** Creates the end of a run of a task without a workflow. */
    public Ended(String id, int run, String node, long startedAt, long finishedAt, Progress progress) {
        this(id, run, node, startedAt, finishedAt, progress, null);
    }
}
