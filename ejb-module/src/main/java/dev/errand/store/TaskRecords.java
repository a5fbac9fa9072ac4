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

    /** Returns whether any task has the id. */
    public boolean exists(String id) {
        return !em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.id = :id", String.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    /** Returns the id of the unfinished task that has this unique key. */
    public Optional<String> holderOf(String uniqueKey) {
        return em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.liveKey = :key", String.class)
                .setParameter("key", uniqueKey)
                .getResultStream()
                .findFirst();
    }

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
