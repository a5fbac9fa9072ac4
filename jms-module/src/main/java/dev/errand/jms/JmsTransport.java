package dev.errand.jms;

import dev.errand.config.ErrandConfig;
import dev.errand.queue.QueueMessage;
import dev.errand.queue.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The JMS queue. The message-driven bean {@link TaskDispatcher} receives the messages. The queue and the connection factory are
 * looked up, and not injected: a server without a broker has none, and must not refuse the deployment. Thread-safe.
 */
@ApplicationScoped
public class JmsTransport implements Transport {
    static final String QUEUE = "java:app/jms/ErrandTasks";

    /** A system property of Payara, where all applications of a server share the broker's queue. */
    private static final String PAYARA = "com.sun.aas.instanceName";

    private static final String FACTORY = "java:comp/DefaultJMSConnectionFactory";

    /** The longest time between the start of the engine's module and that of this one. */
    private static final Duration START = Duration.ofMinutes(1);

    private static final long PAUSE_MILLIS = 100;

    @Inject
    private ErrandConfig config;

    @Override
    public Optional<String> missing() {
        try {
            // not the queue: this module may start after the engine's
            new InitialContext().lookup(FACTORY);
            return Optional.empty();
        } catch (NamingException | RuntimeException e) {
            return Optional.of("the server has no default JMS connection factory (" + e.getMessage() + ")");
        }
    }

    @Override
    public Optional<String> conflict() {
        return System.getProperty(PAYARA) == null ? Optional.empty() : otherApplication();
    }

    /** Finds another application of this server that uses the queue. This one has no MBean yet. */
    private static Optional<String> otherApplication() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName tasks : server.queryNames(new ObjectName("dev.errand:type=Tasks,*"), null)) {
                if ("jms".equals(server.getAttribute(tasks, "Dispatch"))) {
                    return Optional.of(tasks.getKeyProperty("application"));
                }
            }
            return Optional.empty();
        } catch (JMException e) {
            // an application that stops at this moment
            return Optional.empty();
        }
    }

    @Override
    public Connection connect() throws NamingException, InterruptedException {
        InitialContext jndi = new InitialContext();
        ConnectionFactory factory = (ConnectionFactory) jndi.lookup(FACTORY);
        Queue queue = awaitQueue(jndi);
        return new Sending(factory.createContext(JMSContext.AUTO_ACKNOWLEDGE), queue, config.server());
    }

    /** Waits for the queue, which is there as soon as the module of the message-driven bean starts. */
    private synchronized Queue awaitQueue(InitialContext jndi) throws NamingException, InterruptedException {
        for (long end = System.nanoTime() + START.toNanos(); ; ) {
            try {
                return (Queue) jndi.lookup(QUEUE);
            } catch (NamingException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                wait(PAUSE_MILLIS);
            }
        }
    }

    /** One JMS context for all messages, because a context per message would cost more than the message. */
    private static final class Sending implements Connection {
        private final JMSContext context;
        private final JMSProducer producer;
        private final Queue queue;
        private final String server;

        Sending(JMSContext context, Queue queue, String server) {
            this.context = context;
            this.producer = context.createProducer()
                    .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                    .setDisableMessageID(true);
            this.queue = queue;
            this.server = server;
        }

        @Override
        public void send(QueueMessage message, long timeToLive) throws JMSException {
            Message jms = context.createMessage();
            JmsMessages.write(message, jms);
            // for the selector of servers that share a broker
            jms.setStringProperty("node", server);
            producer.setPriority(message.priority()).setTimeToLive(timeToLive).send(queue, jms);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
