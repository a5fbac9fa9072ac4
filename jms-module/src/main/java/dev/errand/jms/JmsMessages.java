package dev.errand.jms;

import dev.errand.queue.BatchMessage;
import dev.errand.queue.QueueMessage;
import dev.errand.queue.TaskMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** The form of messages on the JMS queue. Their content is in properties, so that an administrator can read it in the server's console. */
final class JmsMessages {
    private JmsMessages() {}

    /** Writes the properties that {@link #read} reads. */
    static void write(QueueMessage message, Message jms) throws JMSException {
        if (message instanceof TaskMessage task) {
            jms.setStringProperty("task", task.task());
            jms.setStringProperty("id", task.id());
            jms.setIntProperty("run", task.run());
        } else if (message instanceof BatchMessage batch) {
            jms.setLongProperty("batch", batch.number());
        }
        jms.setLongProperty("leaseEnd", message.leaseEnd());
    }

    /** @throws JMSException if it is not a message of Errand: another program wrote to the queue */
    static QueueMessage read(Message message) throws JMSException {
        require(message, "leaseEnd");
        if (message.propertyExists("batch")) {
            return new BatchMessage(
                    message.getLongProperty("batch"), message.getJMSPriority(), message.getLongProperty("leaseEnd"));
        }
        require(message, "task");
        require(message, "id");
        require(message, "run");
        return new TaskMessage(
                message.getStringProperty("id"),
                message.getIntProperty("run"),
                message.getStringProperty("task"),
                message.getJMSPriority(),
                message.getLongProperty("leaseEnd"));
    }

    private static void require(Message message, String property) throws JMSException {
        if (!message.propertyExists(property)) {
            throw new JMSException(property + " is missing");
        }
    }
}
