package dev.errand.jms;

import dev.errand.log.LogMessage;
import dev.errand.queue.MessageReceiver;
import dev.errand.queue.QueueMessage;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;

/**
 * Receives messages and runs their tasks. It never throws: a broker's redelivery does not know the retry policy of a
 * task, and the record stays, whatever happens to the message. The definition of the queue has no destinationName, so that
 * WildFly makes a queue per application. Payara needs a name, and has it from the property.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = JmsTransport.QUEUE),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Dups-ok-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "16"),
            // For WildFly's broker: no message waits behind a long task while another session is idle. Other brokers
            // ignore it.
            @ActivationConfigProperty(propertyName = "consumerWindowSize", propertyValue = "0")
        })
@JMSDestinationDefinition(
        name = JmsTransport.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        properties = "Name=ErrandTasks")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskDispatcher implements MessageListener {
    @Inject
    MessageReceiver receiver;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onMessage(jakarta.jms.Message received) {
        QueueMessage message;
        try {
            message = JmsMessages.read(received);
        } catch (JMSException | RuntimeException e) {
            LogMessage.UNREADABLE.logAtMostOnceAMinute(e);
            return;
        }
        receiver.receive(message);
    }
}
