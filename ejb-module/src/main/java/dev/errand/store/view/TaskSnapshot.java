package dev.errand.store.view;

import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskInfo.TaskError;
import dev.errand.api.TaskState;
import dev.errand.store.ErrorText;
import dev.errand.store.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A task's row, read to be shown. Times are milliseconds. In a list, long texts are cut, and there is no trace. Immutable.
 *
 * @param maxRetries the limit that the sender gave, or null
 */
public record TaskSnapshot(
        String id,
        String task,
        String queue,
        TaskState state,
        int priority,
        int run,
        int retries,
        Integer maxRetries,
        long dueAt,
        Long expiresAt,
        long createdAt,
        Long startedAt,
        Long finishedAt,
        String node,
        String sentBy,
        String uniqueKey,
        Labels labels,
        String argument,
        String result,
        TaskError error,
        Progress progress) {

    /**
     * The values that a sender adds for people.
     *
     * @param timeLimit in milliseconds; null for the handler's
     */
    public record Labels(String title, List<String> tags, String schedule, Long timeLimit) {
        public static final Labels NONE = new Labels(null, List.of(), null, null);
    }

    /** The number of characters of an argument, a result or a message in a list. */
    static final int LISTED_CHARS = 300;

    private static final String COLUMNS = "SELECT t.id, t.task, t.queue, t.state, t.priority, t.run, t.retries,"
            + " t.max_retries, t.due_at, t.expires_at, t.created_at, t.started_at, t.finished_at, t.node, t.sent_by,"
            + " t.unique_key, t.error_type, t.progress_done, t.progress_total, t.title, t.tags, t.schedule, t.time_limit";

    private static final int TRACE = 28;

    /** The SELECT of whole rows, for {@link #whole}. */
    static final String WHOLE =
            COLUMNS + ", t.argument, t.result, t.error_message, t.progress_message, t.error_trace FROM errand_task t";

    /** The SELECT of rows as a list shows them, for {@link #listed}. */
    static final String LISTED = COLUMNS + ", " + beginning("argument") + ", " + beginning("result") + ", "
            + beginning("error_message") + ", " + beginning("progress_message") + " FROM errand_task t";

    /** Returns the beginning of a text. One more character shows whether the text is cut. */
    private static String beginning(String column) {
        return "SUBSTRING(t." + column + ", 1, " + (LISTED_CHARS + 1) + ")";
    }

    /** Reads a row of {@link #WHOLE}. */
    static TaskSnapshot whole(ResultSet row) throws SQLException {
        return read(row, Integer.MAX_VALUE, row.getString(TRACE));
    }

    /** Reads a row of {@link #LISTED}. */
    static TaskSnapshot listed(ResultSet row) throws SQLException {
        return read(row, LISTED_CHARS, null);
    }

    private static TaskSnapshot read(ResultSet row, int maxChars, String trace) throws SQLException {
        String errorType = row.getString(17);
        Long done = row.getObject(18, Long.class);
        return new TaskSnapshot(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                TaskState.valueOf(row.getString(4)),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getObject(8, Integer.class),
                row.getLong(9),
                row.getObject(10, Long.class),
                row.getLong(11),
                row.getObject(12, Long.class),
                row.getObject(13, Long.class),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                new Labels(
                        row.getString(20),
                        Tags.of(row.getString(21)),
                        row.getString(22),
                        row.getObject(23, Long.class)),
                row.getString(24),
                row.getString(25),
                errorType == null
                        ? null
                        : new TaskError(errorType, ErrorText.clean(row.getString(26), maxChars), trace),
                done == null
                        ? null
                        : new Progress(done, row.getLong(19), ErrorText.clean(row.getString(27), maxChars)));
    }
}
