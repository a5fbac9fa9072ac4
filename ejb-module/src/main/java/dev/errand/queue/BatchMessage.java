package dev.errand.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * "Short tasks wait in the table: run them, many per transaction."
 *
 * @param number unique among the batch messages of a node
 * @param priority the priority of the first task that waits
 */
public record BatchMessage(long number, int priority, long leaseEnd) implements QueueMessage {
    @Override
    public void writeTo(Message message) throws JMSException {
        message.setLongProperty("batch", number);
        message.setLongProperty("leaseEnd", leaseEnd);
    }

    static BatchMessage read(Message message) throws JMSException {
        return new BatchMessage(
                message.getLongProperty("batch"), message.getJMSPriority(), message.getLongProperty("leaseEnd"));
    }
}
