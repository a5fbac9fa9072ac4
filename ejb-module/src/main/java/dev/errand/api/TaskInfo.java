package dev.errand.api;

import java.time.Instant;
import java.util.List;

/**
 * A task as it is now. Immutable; a snapshot.
 *
 * @param state STARTED also while a transactional run lasts longer than a second, although its row changes only at the end
 * @param argumentValue the argument as JSON; in a list cut to its first 300 characters
 * @param resultValue the handler's result, likewise; JSON's null unless SUCCESS
 * @param error the last run's error; null if there was none; in a list without its trace, its message cut to 300 characters
 * @param retries how often it was retried
 * @param maxRetries the limit the sender gave, else the handler's; -1: none
 * @param dueAt when the next run is due, or the last one was
 * @param startedAt when the last run started; null before the first
 * @param finishedAt when the last run ended; null before
 * @param node the node of the last run, or the one that is about to run it
 * @param sentBy the caller's principal name, or null
 * @param progress the last one told; null if none
 * @param runs the newest runs, or those before a cursor ({@link HistoryPage}), oldest first; empty in a list. Of a task with
 *     more than 100 runs before the last one, the first 10 and the newest 90 are kept, with their log lines
 * @param runsNext the cursor of the runs before these; null if there are none, and in a list
 * @param log the newest lines of the handler's log, or those before a cursor, oldest first; empty in a list
 * @param logNext the cursor of the lines before these; null if there are none, and in a list
 * @param audit who did what to it, oldest first: the first entry is SEND; at most the newest 1,000 after it; empty in a list
 */
public record TaskInfo(
        String id,
        String task,
        String queue,
        TaskState state,
        int priority,
        TaskValue argumentValue,
        TaskValue resultValue,
        TaskError error,
        int retries,
        int maxRetries,
        Instant createdAt,
        Instant dueAt,
        Instant expiresAt,
        Instant startedAt,
        Instant finishedAt,
        String node,
        String sentBy,
        String uniqueKey,
        Progress progress,
        List<Run> runs,
        String runsNext,
        List<LogLine> log,
        String logNext,
        List<Audit> audit) {

    /** No value is JSON's null. */
    public TaskInfo {
        argumentValue = argumentValue == null ? TaskValue.NONE : argumentValue;
        resultValue = resultValue == null ? TaskValue.NONE : resultValue;
    }

    /**
     * The argument as plain JSON values (String, Number, Boolean, List, Map, null); fields named in {@code errand.mask} read
     * "***". In a list, one that is longer than 300 characters of JSON is the beginning of its text: see {@link #argumentValue}.
     */
    public Object argument() {
        return argumentValue.value();
    }

    /** What the handler returned, likewise; null unless SUCCESS. */
    public Object result() {
        return resultValue.value();
    }

    /** @param trace the stack trace, cut at {@code errand.trace.max-chars} */
    public record TaskError(String type, String message, String trace) {}

    /** @param total 0 if unknown */
    public record Progress(long done, long total, String message) {}

    /**
     * One run of the task.
     *
     * @param number 1 for the first
     * @param state how it ended, STARTED while it lasts; PENDING if its node went away
     */
    public record Run(
            int number, String node, Instant startedAt, Instant finishedAt, TaskState state, TaskError error) {}

    /** @param run the number of the run that said it */
    public record LogLine(int run, Instant at, String message) {}

    /** @param by the principal name of who did it, or null if nobody was logged in */
    public record Audit(Instant at, String by, AuditAction action) {}
}
