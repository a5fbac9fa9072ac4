package dev.errand.dispatch;

import dev.errand.store.TaskRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Whether the database has ended the transaction of a run that we have not ended: its connection was cut. In a transaction
 * of its own.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LostTransaction {
    @Inject
    private TaskRecords records;

    /** A handler may have lost its connection to another database: then the run still has its record locked. */
    public boolean isLost(String id) {
        return records.lock(id).isPresent();
    }
}
