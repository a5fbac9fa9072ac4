package dev.errand.queue;

import dev.errand.config.EngineClock;
import dev.errand.log.LogMessage;
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
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Publisher of messages. It has one thread with one connection to the {@link Transport}, because a JMS context per send would
 * cost more than the send. While the JMS queue takes no messages, those to be sent are kept here until their lease ends. All
 * other tasks wait in the table.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskPublisher {
    /** The pause before the next attempt while the broker is away. */
    private static final long PAUSE_MILLIS = 1_000;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Transports transports;

    @Inject
    WorkerThreads workers;

    @Inject
    Outbox outbox;

    @Inject
    InFlight inFlight;

    @Inject
    SweepTrigger sweep;

    @Inject
    @EngineClock
    Clock clock;

    @Inject
    BatchRunners runners;

    /** The messages that the queue has not taken yet. Only the thread uses this field and {@link #broken}. */
    private final ArrayDeque<QueueMessage> unsent = new ArrayDeque<>();

    private final NodeThread thread = new NodeThread("errand-publisher", this::publish);
    private boolean broken;

    /** To be called after {@link Transports#choose}. */
    public void start() {
        workers.start(threads);
        thread.start(threads);
    }

    @PreDestroy
    void stop() {
        thread.stop();
    }

    /** Replaces threads that have ended. To be called once per second: without its thread, the node sends no messages. */
    public void watch() {
        thread.watch();
        workers.watch();
    }

    private void publish() {
        while (!thread.isStopped()) {
            try {
                // messages that arrive while the queue takes none must not pile up
                accept(outbox.poll());
                publishUntilItBreaks();
            } catch (InterruptedException e) {
                // the loop ends only if the node stops
            } catch (Throwable e) {
                // an Error is caught, too: without this thread the node sends nothing
                if (!thread.isStopped()) {
                    broken = true;
                    inFlight.close();
                    LogMessage.PUBLISH_FAILED.logAtMostOnceAMinute(e);
                    pause();
                }
            }
        }
    }

    private void publishUntilItBreaks() throws Exception {
        try (Transport.Connection connection = transports.chosen().connect()) {
            while (!thread.isStopped()) {
                send(connection);
                accept(outbox.take());
            }
        }
    }

    private void accept(List<Committed> committed) {
        committed.forEach(commit -> unsent.addAll(commit.messages()));
        committed.stream()
                .map(Committed::wakeAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(sweep::request);
    }

    private void send(Transport.Connection connection) throws Exception {
        while (!unsent.isEmpty()) {
            QueueMessage message = unsent.peek();
            long timeToLive = message.leaseEnd() - clock.millis();
            if (timeToLive > 0) {
                connection.send(message, timeToLive);
            } else {
                forget(message);
            }
            unsent.remove();
        }
        if (broken) {
            broken = false;
            LogMessage.PUBLISHED_AGAIN.log();
            inFlight.open();
        }
    }

    /** Forgets a message whose lease has ended here: the sweep is about to look at its tasks again. */
    private void forget(QueueMessage message) {
        if (message instanceof TaskMessage task) {
            inFlight.release(task.id());
        } else if (message instanceof BatchMessage batch) {
            runners.forget(batch);
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
