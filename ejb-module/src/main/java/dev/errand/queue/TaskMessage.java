package dev.errand.queue;

import dev.errand.store.TaskRecord;

/**
 * "This run can start now." It goes on the queue in a {@link Bundle}.
 *
 * @param leaseEnd when it is worthless: the sweep will look at the record again, in milliseconds
 */
public record TaskMessage(String id, int run, String task, int priority, long leaseEnd) {

    public static TaskMessage of(TaskRecord record, long leaseEnd) {
        return new TaskMessage(record.id(), record.run(), record.task(), record.priority(), leaseEnd);
    }
}
