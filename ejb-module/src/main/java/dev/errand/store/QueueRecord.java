package dev.errand.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A queue to which tasks were sent, and whether it is paused. */
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

    /** Returns the time, in milliseconds, at which a node last noted that a task was sent to the queue. */
    public long usedAt() {
        return usedAt == null ? 0 : usedAt;
    }

    /** Returns the user that paused the queue; null if it is not paused, or no user was logged in. */
    public String pausedBy() {
        return pausedBy;
    }

    public Instant pausedAt() {
        return Millis.instant(pausedAt);
    }
}
