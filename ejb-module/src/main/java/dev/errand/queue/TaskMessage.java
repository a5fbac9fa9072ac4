package dev.errand.queue;

import dev.errand.store.TaskRecord;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * "This run can start now."
 *
 * @param leaseEnd the time from which the message is worthless, in milliseconds: the sweep then looks at the record again
 */
public record TaskMessage(String id, int run, String task, int priority, long leaseEnd) implements QueueMessage {
    public static TaskMessage of(TaskRecord record, long leaseEnd) {
        return new TaskMessage(record.id(), record.run(), record.task(), record.priority(), leaseEnd);
    }

    @Override
    public void writeTo(Message message) throws JMSException {
        message.setStringProperty("task", task);
        message.setStringProperty("id", id);
        message.setIntProperty("run", run);
        message.setLongProperty("leaseEnd", leaseEnd);
    }

    static TaskMessage read(Message message) throws JMSException {
        for (String name : new String[] {"task", "id", "run"}) {
            if (!message.propertyExists(name)) {
                throw new JMSException(name + " is missing");
            }
        }
        return new TaskMessage(
                message.getStringProperty("id"),
                message.getIntProperty("run"),
                message.getStringProperty("task"),
                message.getJMSPriority(),
                message.getLongProperty("leaseEnd"));
    }
}
