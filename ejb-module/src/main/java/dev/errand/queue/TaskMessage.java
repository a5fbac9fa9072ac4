package dev.errand.queue;

import dev.errand.store.TaskRecord;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * "This run can start now." Properties only, so that an administrator can read it in the server's console.
 *
 * @param leaseEnd when it is worthless: the sweep will look at the record again, in milliseconds
 */
public record TaskMessage(String id, int run, String task, int priority, long leaseEnd) {

    public static TaskMessage of(TaskRecord record, long leaseEnd) {
        return new TaskMessage(record.id(), record.run(), record.task(), record.priority(), leaseEnd);
    }

    void writeTo(Message message) throws JMSException {
        message.setStringProperty("id", id);
        message.setIntProperty("run", run);
        message.setStringProperty("task", task);
        message.setLongProperty("leaseEnd", leaseEnd);
    }

    /** @throws JMSException if it is no task's message: somebody else wrote to our queue */
    public static TaskMessage read(Message message) throws JMSException {
        String id = message.getStringProperty("id");
        String task = message.getStringProperty("task");
        if (id == null || task == null || !message.propertyExists("run")) {
            throw new JMSException("id, task or run is missing");
        }
        return new TaskMessage(
                id, message.getIntProperty("run"), task, message.getJMSPriority(), message.getLongProperty("leaseEnd"));
    }
}
