package dev.errand.queue;

import dev.errand.store.TaskRecord;

/**
 * "This run can start now."
 *
 * @param leaseEnd the time from which the message is worthless, in milliseconds: the sweep then looks at the record again
 */
public record TaskMessage(String id, int run, String task, int priority, long leaseEnd) implements QueueMessage {
    public static TaskMessage of(TaskRecord record, long leaseEnd) {
        return new TaskMessage(record.id(), record.run(), record.task(), record.priority(), leaseEnd);
    }
}
