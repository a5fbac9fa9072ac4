package dev.errand.store;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** A run before the last one. */
@Entity
@Table(name = "errand_run")
public class RunRecord {
    @EmbeddedId
    RunId id;

    String node;

    @Column(name = "started_at")
    Long startedAt;

    @Column(name = "finished_at")
    Long finishedAt;

    @Enumerated(EnumType.STRING)
    TaskState state;

    @Column(name = "error_type")
    String errorType;

    @Column(name = "error_message")
    String errorMessage;

    @Column(name = "error_trace")
    String errorTrace;

    protected RunRecord() {}

    RunRecord(String taskId, int run, TaskState state, String node, Long startedAt, Long finishedAt, ErrorText error) {
        this.id = new RunId(taskId, run);
        this.state = state;
        this.node = node;
        this.startedAt = startedAt;
        this.finishedAt = finishedAt;
        if (error != null) {
            this.errorType = error.type();
            this.errorMessage = error.message();
            this.errorTrace = error.trace();
        }
    }

    /** Returns the run as users see it. */
    public TaskInfo.Run info() {
        return new TaskInfo.Run(
                id.run,
                node,
                Millis.instant(startedAt),
                Millis.instant(finishedAt),
                state,
                errorType == null ? null : new TaskInfo.TaskError(errorType, errorMessage, errorTrace));
    }
}
