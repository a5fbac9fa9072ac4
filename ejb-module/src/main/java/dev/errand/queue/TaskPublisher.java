package dev.errand.queue;

import dev.errand.config.EngineClock;
import dev.errand.log.Message;
import dev.errand.queue.Outbox.Committed;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import java.time.Clock;
import java.util.List;

/**
 * Puts messages on the JMS queue: one thread with one JMS context, since making one for every send costs more than the send.
 * A message that could not be sent is no loss: the record's lease ends, and the sweep takes it up again.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskPublisher {
    /** Before the next try when the broker is away. */
    private static final long PAUSE_MILLIS = 1_000;

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private ConnectionFactory connections;

    @Resource(lookup = "java:app/jms/ErrandTasks")
    private Queue queue;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Outbox outbox;

    @Inject
    private InFlight inFlight;

    @Inject
    private SweepBell bell;

    @Inject
    @EngineClock
    private Clock clock;

    private Thread thread;
    private volatile boolean stopping;

    public synchronized void start() {
        thread = threads.newThread(this::publish);
        thread.setName("errand-publisher");
        thread.start();
    }

    @PreDestroy
    synchronized void stop() {
        stopping = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void publish() {
        while (!stopping) {
            try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
                JMSProducer producer = context.createProducer()
                        .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .setDisableMessageID(true);
                while (!stopping) {
                    publish(context, producer, outbox.take());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!stopping) {
                    Message.PUBLISH_FAILED.logAtMostOnceAMinute(e);
                    pause();
                }
            }
        }
    }

    private void publish(JMSContext context, JMSProducer producer, List<Committed> committed) {
        RuntimeException broken = null;
        Long wakeAt = null;
        for (Committed commit : committed) {
            for (TaskMessage message : commit.messages()) {
                try {
                    if (broken == null) {
                        send(context, producer, message);
                    }
                } catch (RuntimeException e) {
                    broken = e;
                }
                if (broken != null) {
                    inFlight.release(message.id());
                }
            }
            if (commit.wakeAt() != null) {
                wakeAt = wakeAt == null ? commit.wakeAt() : Long.valueOf(Math.min(wakeAt, commit.wakeAt()));
            }
        }
        if (wakeAt != null) {
            bell.ring(wakeAt);
        }
        if (broken != null) {
            throw broken;
        }
    }

    private void send(JMSContext context, JMSProducer producer, TaskMessage task) {
        long timeToLive = task.leaseEnd() - clock.millis();
        if (timeToLive <= 0) {
            // it waited here for so long that the sweep is about to take the record up again
            inFlight.release(task.id());
            return;
        }
        try {
            jakarta.jms.Message message = context.createMessage();
            task.writeTo(message);
            producer.setPriority(task.priority()).setTimeToLive(timeToLive).send(queue, message);
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }

    private void pause() {
        try {
            synchronized (this) {
                wait(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
