package dev.errand.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot of a task. Immutable.
 *
 * @param state STARTED also while a transactional run lasts longer than a second, although its row changes only at the end
 * @param argumentValue the argument as JSON; in a list, cut to its first 300 characters
 * @param resultValue the handler's result, likewise; JSON's null unless SUCCESS
 * @param error the error of the last run; null if there was none; in a list without its trace, and with its message cut to
 *     300 characters
 * @param retries the number of retries so far
 * @param maxRetries the limit that the sender gave, otherwise the handler's; -1: none
 * @param dueAt the instant at which the next run is due, or the last one was
 * @param startedAt the instant at which the last run started; null before the first run
 * @param finishedAt the instant at which the last run ended; null before that
 * @param node the node of the last run, or the node that is about to run the task
 * @param sentBy the caller's principal name, or null
 * @param title a name for people, or null
 * @param tags the sender's words for searches; an empty list if there are none
 * @param schedule the schedule that has sent the task; null if no schedule has
 * @param timeLimit the longest time for each run, as the sender gave it; null for the handler's
 * @param progress the last progress that the handler reported; null if none
 * @param runs the newest runs, or the runs before a cursor ({@link HistoryPage}), oldest first; empty in a list. If a task
 *     has more than 100 runs before the last one, the first 10 and the newest 90 are kept, with their log lines
 * @param runsNext the cursor of the runs before these; null if there are none, and in a list
 * @param log the newest lines of the handler's log, or the lines before a cursor, oldest first; empty in a list
 * @param logNext the cursor of the lines before these; null if there are none, and in a list
 * @param audit the actions on the task and their users, oldest first: the first entry is SEND, at most the newest 1,000
 *     actions follow; empty in a list
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
        String title,
        List<String> tags,
        String schedule,
        Duration timeLimit,
        Progress progress,
        List<Run> runs,
        String runsNext,
        List<LogLine> log,
        String logNext,
        List<Audit> audit) {

    /** Replaces a missing value by JSON's null. */
    public TaskInfo {
        argumentValue = argumentValue == null ? TaskValue.NONE : argumentValue;
        resultValue = resultValue == null ? TaskValue.NONE : resultValue;
    }

    /**
     * Returns the argument as plain JSON values (String, Number, Boolean, List, Map, null). Fields named in
     * {@code errand.mask} read "***". In a list, an argument of more than 300 characters of JSON is returned as the beginning
     * of its text: see {@link #argumentValue}.
     */
    public Object argument() {
        return argumentValue.value();
    }

    /** Returns the result of the handler, likewise; null unless SUCCESS. */
    public Object result() {
        return resultValue.value();
    }

    /** @param trace the stack trace, cut at {@code errand.trace.max-chars} characters */
    public record TaskError(String type, String message, String trace) {}

    /** @param total 0 if unknown */
    public record Progress(long done, long total, String message) {}

    /**
     * One run of the task.
     *
     * @param number 1 for the first run
     * @param state the outcome of the run; STARTED while it lasts, PENDING if its node went away or its handler
     *     asked to run later
     */
    public record Run(
            int number, String node, Instant startedAt, Instant finishedAt, TaskState state, TaskError error) {}

    /** @param run the number of the run that wrote the line */
    public record LogLine(int run, Instant at, String message) {}

    /** @param by the principal name of the user that did it, or null if the user was not logged in */
    public record Audit(Instant at, String by, AuditAction action) {}
}
