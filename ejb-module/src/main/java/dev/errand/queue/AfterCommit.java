package dev.errand.queue;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * Remembers, with the caller's transaction, what is to be published and said when it has committed. No EJB, since each send
 * would pay for one more call of those; thread-safe.
 */
@ApplicationScoped
public class AfterCommit {
    @Resource
    private TransactionSynchronizationRegistry transaction;

    @Inject
    private Outbox outbox;

    @Inject
    private InFlight inFlight;

    /** @param wakeAt the earliest time of those that have no message, in milliseconds; null if all have */
    public void publish(List<TaskMessage> messages, Long wakeAt) {
        Pending pending = pending();
        pending.messages.addAll(messages);
        if (wakeAt != null && (pending.wakeAt == null || wakeAt < pending.wakeAt)) {
            pending.wakeAt = wakeAt;
        }
    }

    /** What is no more than a line in the log: where this runs, servers allow little. */
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

    /** One for a transaction, however many tasks it sends. */
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
