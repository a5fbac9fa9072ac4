package dev.errand.store;

import dev.errand.api.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The columns that a send writes and a claim reads. */
final class TaskRow {
    static final String COLUMNS =
            "id, task, queue, state, priority, run, retries, max_retries, crashes, wake_at, due_at,"
                    + " expires_at, created_at, node, sent_by, unique_key, live_key, argument, application,"
                    + " title, tags, schedule, time_limit, unique_until";

    /** The number of {@link #COLUMNS}. */
    static final int COUNT = 24;

    private TaskRow() {}

    /** Returns the values of {@link #COLUMNS}. */
    static Object[] values(TaskRecord record) {
        return new Object[] {
            record.id,
            record.task,
            record.queue,
            record.state.name(),
            record.priority,
            record.run,
            record.retries,
            record.maxRetries,
            record.crashes,
            record.wakeAt,
            record.dueAt,
            record.expiresAt,
            record.createdAt,
            record.node,
            record.sentBy,
            record.uniqueKey,
            record.liveKey,
            record.argument,
            record.application,
            record.title,
            record.tags,
            record.schedule,
            record.timeLimit,
            record.uniqueUntil
        };
    }

    /** Reads {@link #COLUMNS}. */
    static TaskRecord read(ResultSet row) throws SQLException {
        TaskRecord record = new TaskRecord();
        record.id = row.getString(1);
        record.task = row.getString(2);
        record.queue = row.getString(3);
        record.state = TaskState.valueOf(row.getString(4));
        record.priority = row.getInt(5);
        record.run = row.getInt(6);
        record.retries = row.getInt(7);
        record.maxRetries = row.getObject(8, Integer.class);
        record.crashes = row.getInt(9);
        record.wakeAt = row.getObject(10, Long.class);
        record.dueAt = row.getLong(11);
        record.expiresAt = row.getObject(12, Long.class);
        record.createdAt = row.getLong(13);
        record.node = row.getString(14);
        record.sentBy = row.getString(15);
        record.uniqueKey = row.getString(16);
        record.liveKey = row.getString(17);
        record.argument = row.getString(18);
        record.application = row.getString(19);
        record.title = row.getString(20);
        record.tags = row.getString(21);
        record.schedule = row.getString(22);
        record.timeLimit = row.getObject(23, Long.class);
        record.uniqueUntil = row.getObject(24, Long.class);
        return record;
    }
}
