package dev.errand.store;

import dev.errand.api.TaskInfo;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** A line that a handler logged. */
@Entity
@Table(name = "errand_log")
@IdClass(LogRecord.Key.class)
public class LogRecord {
    @Id
    @Column(name = "task_id")
    String taskId;

    @Id
    int run;

    @Id
    long line;

    long at;
    String message;

    protected LogRecord() {}

    LogRecord(String taskId, int run, long line, long at, String message) {
        this.taskId = taskId;
        this.run = run;
        this.line = line;
        this.at = at;
        this.message = ErrorText.clean(message, 1_000);
    }

    public long line() {
        return line;
    }

    /** Returns the line as users see it. */
    public TaskInfo.LogLine info() {
        return new TaskInfo.LogLine(run, Instant.ofEpochMilli(at), message);
    }

    /** The key, which JPA requires as a class. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        String taskId;
        int run;
        long line;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && run == that.run && line == that.line && taskId.equals(that.taskId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(taskId, run, line);
        }
    }
}
