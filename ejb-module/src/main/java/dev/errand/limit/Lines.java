package dev.errand.limit;

import dev.errand.store.LimitKey;
import dev.errand.store.LineRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;

/** Finds the lines in which tasks wait. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Lines {
    @Inject
    LineRecords records;

    /** Returns the line after a given one, in the order of names; empty if there is none. */
    public Optional<LimitKey> next(LimitKey after) {
        return records.next(after);
    }
}
