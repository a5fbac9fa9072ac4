package dev.errand.store;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.Optional;

/** Looks at records by id and unique key, and locks them. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** Whether the id is taken, by any task. */
    public boolean exists(String id) {
        return !em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.id = :id", String.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    /** The id of the task that has this unique key and is not over. */
    public Optional<String> holderOf(String uniqueKey) {
        return em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.liveKey = :key", String.class)
                .setParameter("key", uniqueKey)
                .getResultStream()
                .findFirst();
    }

    /** Locks a record whatever its state; nothing, if there is none or somebody else has it locked. */
    public Optional<TaskRecord> lock(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return first(em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.id = ?1 FOR UPDATE SKIP LOCKED", TaskRecord.class)
                .setParameter(1, id));
    }

    /** A record as it is, whoever has it locked. */
    public Optional<TaskRecord> find(String id) {
        return first(em.createNativeQuery("SELECT * FROM errand_task t WHERE t.id = ?1", TaskRecord.class)
                .setParameter(1, id));
    }

    @SuppressWarnings("unchecked")
    private Optional<TaskRecord> first(Query query) {
        // not managed: nobody changes the object, so nobody need look for changes at commit
        return query.setHint("eclipselink.maintain-cache", false)
                .getResultStream()
                .findFirst();
    }
}
