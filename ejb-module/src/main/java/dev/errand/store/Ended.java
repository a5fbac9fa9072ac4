package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;

/**
 * What is to be recorded of a run that ended, whatever its outcome.
 *
 * @param progress the last one told, or null
 */
public record Ended(String id, int run, String node, long startedAt, long finishedAt, Progress progress) {}
