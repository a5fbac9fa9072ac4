package dev.errand.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A queue that was used, and whether it is paused. */
@Entity
@Table(name = "errand_queue")
public class QueueRecord {
    @Id
    String name;

    boolean paused;

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
}
