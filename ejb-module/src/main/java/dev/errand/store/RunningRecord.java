package dev.errand.store;

import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A long transactional run. */
@Entity
@Table(name = "errand_running")
public class RunningRecord {
    @Id
    @Column(name = "task_id")
    String taskId;

    int run;
    String node;

    @Column(name = "started_at")
    long startedAt;

    @Column(name = "seen_at")
    long seenAt;

    @Column(name = "progress_done")
    Long progressDone;

    @Column(name = "progress_total")
    Long progressTotal;

    @Column(name = "progress_message")
    String progressMessage;

    protected RunningRecord() {}

    public String taskId() {
        return taskId;
    }

    public int run() {
        return run;
    }

    /** Returns the run as users see it. */
    public TaskInfo.Run info() {
        return new TaskInfo.Run(run, node, Instant.ofEpochMilli(startedAt), null, TaskState.STARTED, null);
    }

    /** Returns the progress that the handler reported last; null if none. */
    public TaskInfo.Progress progress() {
        return progressDone == null
                ? null
                : new TaskInfo.Progress(progressDone, progressTotal == null ? 0 : progressTotal, progressMessage);
    }
}
