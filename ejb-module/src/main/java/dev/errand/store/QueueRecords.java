package dev.errand.store;

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

    /** @return false if there is no such queue */
    public boolean pause(String name, boolean paused) {
        QueueRecord queue = em.find(QueueRecord.class, name, LockModeType.PESSIMISTIC_WRITE);
        if (queue != null) {
            queue.paused = paused;
        }
        return queue != null;
    }
}
