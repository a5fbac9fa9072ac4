package dev.errand.store;

import dev.errand.api.AuditAction;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** The queues that were used. In a transaction of their own, so that a sender's cannot keep others from a new queue. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    public List<QueueRecord> all() {
        return em.createQuery("SELECT q FROM QueueRecord q ORDER BY q.name", QueueRecord.class)
                .getResultList();
    }

    /** Adds a queue; throws if another node does so at this moment. */
    public void add(String name) {
        if (em.find(QueueRecord.class, name) == null) {
            em.persist(new QueueRecord(name));
            em.flush();
        }
    }

    /** Pauses or resumes a queue, and writes down who did. @return false if that changed nothing */
    public boolean pause(String name, boolean paused, String by, long now) {
        QueueRecord queue =
                Names.possible(name) ? em.find(QueueRecord.class, name, LockModeType.PESSIMISTIC_WRITE) : null;
        if (queue == null || queue.paused == paused) {
            return false;
        }
        queue.paused = paused;
        queue.pausedBy = paused ? by : null;
        queue.pausedAt = paused ? now : null;
        em.persist(AuditRecord.ofQueue(name, paused ? AuditAction.PAUSE : AuditAction.RESUME, by, now));
        return true;
    }
}
