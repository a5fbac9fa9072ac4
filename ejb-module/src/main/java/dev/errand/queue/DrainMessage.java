package dev.errand.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * "Short tasks wait in the table: run them, many in a transaction."
 *
 * @param number tells those of a node apart
 * @param priority of the first that waits
 */
public record DrainMessage(long number, int priority, long leaseEnd) implements QueueMessage {
    @Override
    public void writeTo(Message message) throws JMSException {
        message.setLongProperty("drain", number);
        message.setLongProperty("leaseEnd", leaseEnd);
    }

    static DrainMessage read(Message message) throws JMSException {
        return new DrainMessage(
                message.getLongProperty("drain"), message.getJMSPriority(), message.getLongProperty("leaseEnd"));
    }
}
