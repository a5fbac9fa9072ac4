package dev.errand.store;

import dev.errand.api.TaskState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A task's row. Written as a whole once, when the task is sent; afterwards only by the guarded UPDATEs of this package.
 * Times are milliseconds, because EclipseLink stores an Instant as a serialised object.
 */
@Entity
@Table(name = "errand_task")
public class TaskRecord {
    @Id
    String id;

    String task;
    String queue;

    @Enumerated(EnumType.STRING)
    TaskState state;

    int priority;
    int run;
    int retries;

    @Column(name = "max_retries")
    Integer maxRetries;

    int crashes;

    @Column(name = "wake_at")
    Long wakeAt;

    @Column(name = "due_at")
    long dueAt;

    @Column(name = "expires_at")
    Long expiresAt;

    @Column(name = "created_at")
    long createdAt;

    @Column(name = "started_at")
    Long startedAt;

    @Column(name = "finished_at")
    Long finishedAt;

    String node;

    @Column(name = "sent_by")
    String sentBy;

    @Column(name = "unique_key")
    String uniqueKey;

    /** The unique key until the task is finished; the index on it refuses a second task with the key. */
    @Column(name = "live_key")
    String liveKey;

    String argument;

    /** The application that has the handler; '' if it is unknown. */
    String application = "";

    @Column(name = "error_type")
    String errorType;

    @Column(name = "error_message")
    String errorMessage;

    @Column(name = "error_trace")
    String errorTrace;

    protected TaskRecord() {}

    /** Creates a task that was just sent, on its first run. */
    public TaskRecord(
            String id,
            String task,
            String queue,
            int priority,
            Integer maxRetries,
            String uniqueKey,
            String argument,
            long createdAt,
            long dueAt,
            Long expiresAt) {
        this.id = id;
        this.task = task;
        this.queue = queue;
        this.priority = priority;
        this.maxRetries = maxRetries;
        this.uniqueKey = uniqueKey;
        this.liveKey = uniqueKey;
        this.argument = argument;
        this.createdAt = createdAt;
        this.dueAt = dueAt;
        this.expiresAt = expiresAt;
        this.run = 1;
        waitUntilDue();
    }

    /** Makes the record wait in the table until it is due, held by no node. */
    public final void waitUntilDue() {
        node = null;
        state = TaskState.PENDING;
        wakeAt = dueAt;
    }

    /** Leases the record to a node, which is about to send a message for it. */
    public void leaseTo(String node, long until) {
        this.node = node;
        this.wakeAt = until;
    }

    /** Makes the record wait in the table until its name is no longer paused; see {@link Held}. */
    public void hold() {
        node = null;
        wakeAt = Held.wakeAt(task);
    }

    /** Marks the record as parked, because no handler of its name is deployed. */
    public void park() {
        state = TaskState.PARKED;
        wakeAt = null;
    }

    /** Gives the task to the nodes of an application. */
    public void application(String name) {
        application = name;
    }

    public String application() {
        return application;
    }

    public String id() {
        return id;
    }

    public String task() {
        return task;
    }

    public String queue() {
        return queue;
    }

    public TaskState state() {
        return state;
    }

    public int priority() {
        return priority;
    }

    public int run() {
        return run;
    }

    public int retries() {
        return retries;
    }

    public Integer maxRetries() {
        return maxRetries;
    }

    public int crashes() {
        return crashes;
    }

    public Long wakeAt() {
        return wakeAt;
    }

    public long dueAt() {
        return dueAt;
    }

    public boolean expired(long now) {
        return expiresAt != null && expiresAt <= now;
    }

    /** Returns the expiry in milliseconds; null if the task never expires. */
    public Long expiry() {
        return expiresAt;
    }

    public String node() {
        return node;
    }

    public long createdAt() {
        return createdAt;
    }

    public void sentBy(String who) {
        sentBy = who;
    }

    public String sentBy() {
        return sentBy;
    }

    public String uniqueKey() {
        return uniqueKey;
    }

    public String argument() {
        return argument;
    }
}
