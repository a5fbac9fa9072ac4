package dev.errand.tasks.datastore;

import java.util.List;

/**
 * The parts of a load that are not the file. Immutable.
 *
 * @param task the id of the task
 * @param key the columns of the key; empty: none
 * @param fingerprint a hash of the file and of all that the argument says
 * @param force whether to load a file that the last load has loaded
 */
public record LoadRequest(
        String task, TableName table, LoadMode mode, List<String> key, String fingerprint, boolean force) {}
