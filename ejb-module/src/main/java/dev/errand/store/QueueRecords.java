package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskDatabase;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import javax.sql.DataSource;

/** The queues that were used. In a transaction of their own, so that a sender's cannot keep others from a new queue. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    @TaskDatabase
    DataSource dataSource;

    public List<QueueRecord> all() {
        return em.createQuery("SELECT q FROM QueueRecord q ORDER BY q.name", QueueRecord.class)
                .getResultList();
    }

    /** Adds a queue. @return false if it is there already: another node may add it at this moment */
    public boolean add(String name) {
        return new Jdbc(dataSource).insertNew("INSERT INTO errand_queue (name, paused) VALUES (?, ?)", name, false);
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
