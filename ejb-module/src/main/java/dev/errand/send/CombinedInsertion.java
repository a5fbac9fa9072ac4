package dev.errand.send;

import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.store.database.SqlErrors;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;

/**
 * Inserts the records of senders that have no transaction: senders of the same moment share a transaction and its commit. Not
 * an EJB, because each send would pay for one more EJB call. Thread-safe.
 */
@ApplicationScoped
public class CombinedInsertion {
    @Inject
    TaskInsertion insertion;

    @Inject
    CurrentUser user;

    @Inject
    DatabaseMonitor monitor;

    private final Combiner<Sending> generated = new Combiner<>(sendings -> insert(sendings, false));

    /**
     * Senders with an id or a unique key of their own are apart: another transaction may hold the same one for long, and all
     * that share the INSERT wait for it.
     */
    private final Combiner<Sending> chosen = new Combiner<>(sendings -> insert(sendings, true));

    private TransactionSynchronizationRegistry transaction;

    /** Asks an EJB, because the first sender may be a thread without a component, where the server injects no resource. */
    @PostConstruct
    void connect() {
        transaction = insertion.transactions();
    }

    /**
     * Inserts the records, and returns after their commit.
     *
     * @param names whether a record has a chosen id or a unique key
     * @return false if nothing was inserted: the sender has a transaction, sends too much at once, or shared a transaction that
     *     was rolled back, perhaps because its own id or key is taken. The sender then inserts its records without others
     * @throws InterruptedException if the thread was interrupted while it waited for others; nothing was inserted
     * @throws RuntimeException if the database is away, or the outcome of the commit is not known
     */
    boolean insert(List<TaskRecord> records, boolean names, boolean dueNow, boolean parked)
            throws InterruptedException {
        if (hasTransaction()) {
            return false;
        }
        Sending sending = new Sending(records, dueNow, parked, user.name());
        if (!Combiner.fits(sending)) {
            return false;
        }
        Throwable stopped = (names ? chosen : generated).run(sending);
        if (sending.failure() != null) {
            throw sending.failure();
        }
        if (sending.isInserted() && stopped != null) {
            throw new IllegalStateException("The thread that inserted the task with others has failed.", stopped);
        }
        return sending.isInserted();
    }

    /** Returns whether the caller has a transaction. */
    boolean hasTransaction() {
        return transaction.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }

    private void insert(List<Sending> sendings, boolean names) {
        try {
            insertion.insertTogether(sendings, names);
        } catch (RuntimeException e) {
            List<Sending> uncertain =
                    sendings.stream().filter(Sending::isInserted).toList();
            uncertain.forEach(sending -> sending.failed(e));
            if (uncertain.isEmpty() && sendings.size() == 1 && !SqlErrors.constraintViolated(e)) {
                sendings.get(0).failed(e);
            } else if (SqlErrors.noAnswer(e)) {
                // one question for all, so that in an outage they do not all try in vain
                monitor.isCauseOf(e);
            }
        }
    }
}
