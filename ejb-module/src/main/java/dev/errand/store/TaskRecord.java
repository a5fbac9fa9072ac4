package dev.errand.store;

import dev.errand.api.TaskState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;

/**
 * A task's row. Written as a whole once, when the task is sent; afterwards only by the guarded UPDATEs of this package.
 * Times are milliseconds, because EclipseLink stores an Instant as a serialised object.
 */
@Entity
@Table(name = "errand_task")
public class TaskRecord {
    /**
     * The {@code wake_at} of a task that waits for a limit until it is called: later than any time. So the searches for due
     * tasks read none of them, however many there are.
     */
    public static final long NOT_CALLED = 1L << 51;

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

    String title;

    /** As {@link Tags} writes them. */
    String tags;

    /** The schedule that has sent the task. */
    String schedule;

    @Column(name = "time_limit")
    Long timeLimit;

    /** The time until which the unique key stays taken after SUCCESS. */
    @Column(name = "unique_until")
    Long uniqueUntil;

    /** The application that has the handler; '' if it is unknown. */
    String application = "";

    String workflow;
    String step;

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

    /** Adds what people see of the task. */
    public TaskRecord labels(String title, List<String> tags) {
        this.title = title;
        this.tags = Tags.text(tags);
        return this;
    }

    /** Adds the schedule that sends the task. */
    public TaskRecord schedule(String name) {
        schedule = name;
        return this;
    }

    /** Adds the longest time for each run, in milliseconds; null for the handler's. */
    public TaskRecord timeLimit(Long millis) {
        timeLimit = millis;
        return this;
    }

    /** Keeps the unique key taken until that time, also after SUCCESS; null for no longer than the task. */
    public TaskRecord uniqueUntil(Long millis) {
        uniqueUntil = millis;
        return this;
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

    /** Makes the record wait for a limit, held by no node. */
    public void waitForCall() {
        waitUntilDue();
        wakeAt = NOT_CALLED;
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

    /** Marks the record as a step of a workflow. */
    public void step(String workflow, String step) {
        this.workflow = workflow;
        this.step = step;
    }

    /** Makes the record wait for other steps of its workflow: no node looks at it. */
    public void await() {
        state = TaskState.WAITING;
        wakeAt = null;
    }

    /** Returns the id of the workflow of which the task is a step; null if it is none. */
    public String workflow() {
        return workflow;
    }

    /** Returns the name of the step in its workflow, or null. */
    public String step() {
        return step;
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

    /** Returns the unique key while it is taken; otherwise null. */
    public String liveKey() {
        return liveKey;
    }

    public String uniqueKey() {
        return uniqueKey;
    }

    public String argument() {
        return argument;
    }

    public String title() {
        return title;
    }

    public List<String> tags() {
        return Tags.of(tags);
    }

    /** Returns the schedule that has sent the task; null if it was not a schedule. */
    public String schedule() {
        return schedule;
    }

    /** Returns the longest time for each run, in milliseconds; null for the handler's. */
    public Long timeLimit() {
        return timeLimit;
    }

    /** Returns the time until which the unique key stays taken after SUCCESS, in milliseconds; null for no longer. */
    public Long uniqueUntil() {
        return uniqueUntil;
    }
}
