package dev.errand.store;

import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Takes old records out. Each call is a short transaction of its own, so that nobody waits for a long one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OldRecords {
    private static final List<String> PARTS = List.of(
            "DELETE FROM RunRecord r WHERE r.id.taskId IN :ids",
            "DELETE FROM LogRecord r WHERE r.taskId IN :ids",
            "DELETE FROM AuditRecord r WHERE r.taskId IN :ids",
            "DELETE FROM RevocationRecord r WHERE r.taskId IN :ids",
            "DELETE FROM RunningRecord r WHERE r.taskId IN :ids",
            "DELETE FROM TaskRecord r WHERE r.id IN :ids");

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /**
     * Deletes up to {@code limit} tasks in that state that ended before that time, with all that belongs to them.
     *
     * @return how many
     */
    public int prune(TaskState state, long endedBefore, int limit) {
        List<String> ids = em.createQuery(
                        // created no later than ended, and the index has it
                        "SELECT r.id FROM TaskRecord r WHERE r.state = :state AND r.createdAt <= :before"
                                + " AND r.finishedAt <= :before ORDER BY r.state, r.createdAt, r.id",
                        String.class)
                .setParameter("state", state)
                .setParameter("before", endedBefore)
                .setMaxResults(limit)
                .getResultList();
        if (!ids.isEmpty()) {
            PARTS.forEach(part -> em.createQuery(part).setParameter("ids", ids).executeUpdate());
        }
        return ids.size();
    }

    /** Deletes what was written down of pausing and resuming queues before that time. */
    public void pruneQueueAudit(long before) {
        em.createQuery("DELETE FROM AuditRecord r WHERE r.taskId IS NULL AND r.at < :before")
                .setParameter("before", before)
                .executeUpdate();
    }
}
