package dev.errand.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A queue that was used, and whether it is paused. */
@Entity
@Table(name = "errand_queue")
public class QueueRecord {
    @Id
    String name;

    boolean paused;

    @Column(name = "paused_by")
    String pausedBy;

    @Column(name = "paused_at")
    Long pausedAt;

    @Column(name = "used_at")
    Long usedAt;

    protected QueueRecord() {}

    QueueRecord(String name, long now) {
        this.name = name;
        this.usedAt = now;
    }

    public String name() {
        return name;
    }

    public boolean paused() {
        return paused;
    }

    /** The time in milliseconds at which nodes last noted that a task was sent to it. */
    public long usedAt() {
        return usedAt == null ? 0 : usedAt;
    }

    /** Null if it is not paused, or nobody was logged in. */
    public String pausedBy() {
        return pausedBy;
    }

    public Instant pausedAt() {
        return Infos.instant(pausedAt);
    }
}
