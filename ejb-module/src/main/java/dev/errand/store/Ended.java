package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;

/**
 * The end of a run, for the record, whatever the outcome.
 *
 * @param progress the last reported progress, or null
 */
public record Ended(String id, int run, String node, long startedAt, long finishedAt, Progress progress) {}
