package dev.errand.dispatch;

import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.Message;
import dev.errand.queue.InFlight;
import dev.errand.queue.TaskMessage;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.Optional;

/**
 * Takes messages off the queue and runs their tasks. It never throws: a broker's redelivery knows nothing of a task's retry
 * policy, and the record is there whatever becomes of the message.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "java:app/jms/ErrandTasks"),
            @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Dups-ok-acknowledge"),
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "16"),
            // WildFly's broker: no message waits behind a long task while another session is idle. Others ignore it.
            @ActivationConfigProperty(propertyName = "consumerWindowSize", propertyValue = "0")
        })
@JMSDestinationDefinition(
        name = "java:app/jms/ErrandTasks",
        interfaceName = "jakarta.jms.Queue",
        destinationName = "ErrandTasks")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskDispatcher implements MessageListener {
    @Inject
    private HandlerRegistry handlers;

    @Inject
    private TransactionalRun transactionalRun;

    @Inject
    private LongRun longRun;

    @Inject
    private NotClaimed notClaimed;

    @Inject
    private Finish finish;

    @Inject
    private InFlight inFlight;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onMessage(jakarta.jms.Message received) {
        TaskMessage message;
        try {
            message = TaskMessage.read(received);
        } catch (JMSException | RuntimeException e) {
            Message.UNREADABLE.logAtMostOnceAMinute(e);
            return;
        }
        try {
            dispatch(message);
        } catch (Throwable e) {
            Message.DISPATCH_FAILED.logAtMostOnceAMinute(message.task(), message.id(), e);
        } finally {
            inFlight.done(message.id());
        }
    }

    private void dispatch(TaskMessage message) throws Exception {
        Optional<Handler> handler = handlers.find(message.task());
        if (handler.isEmpty()) {
            notClaimed.park(message, handlers.tasks());
            return;
        }
        Runnable settle = () -> notClaimed.settle(message);
        Optional<Ran> ran = handler.get().transactional()
                ? transactionalRun.run(message, handler.get(), settle)
                : longRun.run(message, handler.get(), settle);
        ran.ifPresent(finish::record);
    }
}
