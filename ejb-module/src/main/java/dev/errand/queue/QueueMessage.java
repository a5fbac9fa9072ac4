package dev.errand.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** What goes on the JMS queue. As properties, so that an administrator can read it in the server's console. */
public sealed interface QueueMessage permits TaskMessage, BatchMessage {
    /** From 0 to 9, as in JMS. */
    int priority();

    /** When it is worthless, in milliseconds. */
    long leaseEnd();

    /** Writes what {@link #read} reads. */
    void writeTo(Message message) throws JMSException;

    /** @throws JMSException if it is no message of ours: somebody else wrote to our queue */
    static QueueMessage read(Message message) throws JMSException {
        if (!message.propertyExists("leaseEnd")) {
            throw new JMSException("leaseEnd is missing");
        }
        return message.propertyExists("batch") ? BatchMessage.read(message) : TaskMessage.read(message);
    }
}
