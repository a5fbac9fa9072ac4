package dev.errand.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A request to stop a running task. */
@Entity
@Table(name = "errand_revocation")
public class RevocationRecord {
    @Id
    @Column(name = "task_id")
    String taskId;

    @Column(name = "requested_at")
    long requestedAt;

    protected RevocationRecord() {}

    RevocationRecord(String taskId, long requestedAt) {
        this.taskId = taskId;
        this.requestedAt = requestedAt;
    }
}
