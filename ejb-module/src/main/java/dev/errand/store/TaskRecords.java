package dev.errand.store;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.Optional;

/** Finds records by id and unique key, and locks them. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** Locks a record in any state. Returns empty if it does not exist, or another transaction has locked it. */
    public Optional<TaskRecord> lock(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return first(em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.id = ?1 FOR UPDATE SKIP LOCKED", TaskRecord.class)
                .setParameter(1, id));
    }

    /** Reads a record, even if another transaction has locked it. */
    public Optional<TaskRecord> find(String id) {
        return first(em.createNativeQuery("SELECT * FROM errand_task t WHERE t.id = ?1", TaskRecord.class)
                .setParameter(1, id));
    }

    @SuppressWarnings("unchecked")
    private Optional<TaskRecord> first(Query query) {
        // unmanaged: no code changes the object, so the commit need not check it for changes
        return query.setHint("eclipselink.maintain-cache", false)
                .getResultStream()
                .findFirst();
    }
}
