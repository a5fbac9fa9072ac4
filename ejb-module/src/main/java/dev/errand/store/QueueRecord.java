package dev.errand.store;

import dev.errand.api.QueueSettings;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** A queue to which tasks were sent, whether it is paused, and its settings. */
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

    Integer concurrency;

    Integer reserved;

    @Column(name = "max_pending")
    Long maxPending;

    /** In milliseconds. */
    @Column(name = "time_limit")
    Long timeLimit;

    /** Whether one of the settings is set: an index finds such rows among many. */
    boolean settings;

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

    public QueueSettings settings() {
        return new QueueSettings(
                concurrency, reserved, maxPending, timeLimit == null ? null : Duration.ofMillis(timeLimit));
    }

    void settings(QueueSettings next) {
        concurrency = next.concurrency();
        reserved = next.reserved();
        maxPending = next.maxPending();
        timeLimit = next.timeLimit() == null ? null : next.timeLimit().toMillis();
        settings = !next.equals(QueueSettings.none());
    }

    /** Returns the user that paused the queue; null if it is not paused, or no user was logged in. */
    public String pausedBy() {
        return pausedBy;
    }

    public Instant pausedAt() {
        return Millis.instant(pausedAt);
    }
}
