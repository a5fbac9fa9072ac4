package dev.errand.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.api.AuditAction;
import dev.errand.api.TaskInfo;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * An action on a task, a queue, a handler, a node, a schedule or a limit and its user, written in the transaction of the action. The task's own record holds
 * the sender.
 */
@Entity
@Table(name = "errand_audit")
public class AuditRecord {
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    @Id
    String id;

    long at;

    /** Null if no user was logged in. */
    String who;

    @Enumerated(EnumType.STRING)
    AuditAction action;

    @Column(name = "task_id")
    String taskId;

    String queue;

    String schedule;

    @Column(name = "limit_name")
    String limit;

    String handler;

    String node;

    protected AuditRecord() {}

    private AuditRecord(AuditAction action, String by, long at) {
        this.id = IDS.generate().toString();
        this.action = action;
        this.who = by;
        this.at = at;
    }

    static AuditRecord ofTask(String taskId, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.taskId = taskId;
        return record;
    }

    static AuditRecord ofQueue(String queue, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.queue = queue;
        return record;
    }

    /** @param handler the name of a task */
    static AuditRecord ofHandler(String handler, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.handler = handler;
        return record;
    }

    static AuditRecord ofNode(String node, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.node = node;
        return record;
    }

    /** @param taskId the task that the action has sent, or null */
    static AuditRecord ofSchedule(String schedule, String taskId, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.schedule = schedule;
        record.taskId = taskId;
        return record;
    }

    static AuditRecord ofLimit(String limit, AuditAction action, String by, long at) {
        AuditRecord record = new AuditRecord(action, by, at);
        record.limit = limit;
        return record;
    }

    /** Returns the action as users see it. */
    public TaskInfo.Audit info() {
        return new TaskInfo.Audit(Instant.ofEpochMilli(at), who, action);
    }
}
