package dev.errand.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The messages to publish and the lines to log after the commit of the caller's transaction. It is not an EJB, because each
 * send would pay for one more EJB call. Thread-safe.
 */
@ApplicationScoped
public class AfterCommit {
    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Inject
    private Outbox outbox;

    @Inject
    private InFlight inFlight;

    /** @param wakeAt the earliest time of the tasks that have no message, in milliseconds; null if each task has one */
    public void publish(List<TaskMessage> messages, Long wakeAt) {
        Pending pending = pending();
        pending.messages.addAll(messages);
        if (wakeAt != null && (pending.wakeAt == null || wakeAt < pending.wakeAt)) {
            pending.wakeAt = wakeAt;
        }
    }

    /** Forgets the message of a task that was not inserted, and frees its place. */
    public void forget(String id) {
        if (pending().messages.removeIf(message -> message.id().equals(id))) {
            inFlight.release(id);
        }
    }

    /** Forgets messages of this transaction whose tasks were not inserted, and frees their places. */
    public void keepOnly(Set<String> ids) {
        pending().messages.removeIf(message -> {
            boolean gone = !ids.contains(message.id());
            if (gone) {
                inFlight.release(message.id());
            }
            return gone;
        });
    }

    /** Runs the action after the commit. It must only write a line to the log, because servers allow little there. */
    public void then(Runnable line) {
        pending().lines.add(line);
    }

    private Pending pending() {
        Pending pending = (Pending) transaction.getResource(Pending.class);
        if (pending == null) {
            pending = new Pending(outbox, inFlight);
            transaction.putResource(Pending.class, pending);
            transaction.registerInterposedSynchronization(pending);
        }
        return pending;
    }

    /** The one synchronization of a transaction, for any number of tasks. */
    private static final class Pending implements Synchronization {
        private final Outbox outbox;
        private final InFlight inFlight;
        private final List<TaskMessage> messages = new ArrayList<>();
        private final List<Runnable> lines = new ArrayList<>();
        private Long wakeAt;

        Pending(Outbox outbox, InFlight inFlight) {
            this.outbox = outbox;
            this.inFlight = inFlight;
        }

        @Override
        public void beforeCompletion() {
            // nothing is known yet
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                if (!messages.isEmpty() || wakeAt != null) {
                    outbox.add(messages, wakeAt);
                }
                lines.forEach(Runnable::run);
            } else {
                messages.forEach(message -> inFlight.release(message.id()));
            }
        }
    }
}
