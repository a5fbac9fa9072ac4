package dev.errand.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** A message on the JMS queue. Its content is in properties, so that an administrator can read it in the server's console. */
public sealed interface QueueMessage permits TaskMessage, BatchMessage {
    /** Returns the priority from 0 to 9, as in JMS. */
    int priority();

    /** Returns the time from which the message is worthless, in milliseconds. */
    long leaseEnd();

    /** Writes the properties that {@link #read} reads. */
    void writeTo(Message message) throws JMSException;

    /** @throws JMSException if it is not a message of Errand: another program wrote to the queue */
    static QueueMessage read(Message message) throws JMSException {
        if (!message.propertyExists("leaseEnd")) {
            throw new JMSException("leaseEnd is missing");
        }
        return message.propertyExists("batch") ? BatchMessage.read(message) : TaskMessage.read(message);
    }
}
