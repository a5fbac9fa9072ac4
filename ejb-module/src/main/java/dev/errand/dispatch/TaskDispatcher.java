package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.log.Message;
import dev.errand.queue.DrainMessage;
import dev.errand.queue.InFlight;
import dev.errand.queue.QueueMessage;
import dev.errand.queue.TaskMessage;
import dev.errand.store.Outage;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.time.Clock;
import java.time.Duration;
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
    HandlerRegistry handlers;

    @Inject
    Drainer drainer;

    @Inject
    RunningTasks running;

    @Inject
    TransactionalRun transactionalRun;

    @Inject
    LongRun longRun;

    @Inject
    NotClaimed notClaimed;

    @Inject
    Finish finish;

    @Inject
    InFlight inFlight;

    @Inject
    Outage outage;

    @Inject
    @EngineClock
    Clock clock;

    @Override
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void onMessage(jakarta.jms.Message received) {
        QueueMessage message;
        try {
            message = QueueMessage.read(received);
        } catch (JMSException | RuntimeException e) {
            Message.UNREADABLE.logAtMostOnceAMinute(e);
            return;
        }
        if (message instanceof DrainMessage drain) {
            drainer.run(drain, this::dispatchAlone);
        } else {
            dispatchAlone((TaskMessage) message);
        }
    }

    private void dispatchAlone(TaskMessage message) {
        try {
            boolean settled;
            do {
                settled = dispatched(message);
                // if the database was away and is back, again; after the lease it is the sweep that finds the record
            } while (!settled && left(message).toMillis() > 0);
        } finally {
            inFlight.done(message.id());
        }
    }

    /** @return false if the database was away, and the message has to be looked at once more */
    private boolean dispatched(TaskMessage message) {
        // as long as it is of use a message waits here, so that work goes on as soon as the database is back
        if (outage.lasts() && !outage.awaitEnd(left(message))) {
            return true;
        }
        try {
            dispatch(message);
            return true;
        } catch (Throwable e) {
            if (outage.explains(e)) {
                return false;
            }
            Message.DISPATCH_FAILED.logAtMostOnceAMinute(message.task(), message.id(), e);
            return true;
        }
    }

    private Duration left(TaskMessage message) {
        return Duration.ofMillis(message.leaseEnd() - clock.millis());
    }

    private void dispatch(TaskMessage message) throws Exception {
        int outages = outage.count();
        if (running.find(message.id()).filter(run -> run.run() == message.run()).isPresent()) {
            // its message came twice, or the server has rolled its transaction back, and it has not noticed yet: who
            // runs it
            // records what becomes of it, and a second one would have the record locked then
            return;
        }
        Optional<Handler> handler = handlers.find(message.task());
        if (handler.isEmpty()) {
            notClaimed.park(message, handlers.tasks());
            return;
        }
        Runnable settle = () -> notClaimed.settle(message);
        Optional<Ran> ran = handler.get().transactional()
                ? transactionalRun.run(message, handler.get(), settle)
                : longRun.run(message, handler.get(), settle);
        if (ran.isPresent()) {
            outage.outlast(() -> finish.record(ran.get(), outage.count() > outages));
        }
    }
}
