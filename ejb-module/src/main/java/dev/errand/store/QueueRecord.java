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

    protected QueueRecord() {}

    QueueRecord(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean paused() {
        return paused;
    }

    /** Null if it is not paused, or nobody was logged in. */
    public String pausedBy() {
        return pausedBy;
    }

    public Instant pausedAt() {
        return Infos.instant(pausedAt);
    }
}
