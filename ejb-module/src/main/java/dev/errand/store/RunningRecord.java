package dev.errand.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
}
