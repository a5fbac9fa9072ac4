package dev.errand.store;

import dev.errand.api.AuditAction;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queues that were used. In a transaction of their own, so that a sender's cannot keep others from a new queue. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    public Optional<QueueRecord> find(String name) {
        return Names.possible(name) ? Optional.ofNullable(em.find(QueueRecord.class, name)) : Optional.empty();
    }

    public List<QueueRecord> all() {
        return em.createQuery("SELECT q FROM QueueRecord q ORDER BY q.name", QueueRecord.class)
                .getResultList();
    }

    /**
     * Adds a queue.
     *
     * @return false if it is there already: another node may add it at this moment
     */
    public boolean add(String name) {
        return jdbc.insertNew("INSERT INTO errand_queue (name, paused) VALUES (?, ?)", name, false);
    }

    private QueueRecord insert(String name) {
        QueueRecord queue = new QueueRecord(name);
        em.persist(queue);
        em.flush();
        return queue;
    }

    /**
     * Pauses or resumes a queue, and writes down who did. The row of a queue that is to be paused may be lost.
     *
     * @return false if that changed nothing
     */
    public boolean pause(String name, boolean paused, String by, long now) {
        if (!Names.possible(name)) {
            return false;
        }
        QueueRecord queue = em.find(QueueRecord.class, name, LockModeType.PESSIMISTIC_WRITE);
        if (queue == null && paused) {
            queue = insert(name);
        }
        if (queue == null || queue.paused == paused) {
            return false;
        }
        queue.paused = paused;
        queue.pausedBy = paused ? by : null;
        queue.pausedAt = paused ? now : null;
        em.persist(AuditRecord.ofQueue(name, paused ? AuditAction.PAUSE : AuditAction.RESUME, by, now));
        return true;
    }

    /** Some queues that were looked at, in the order of their names. */
    public record Looked(int queues, String last, int pruned) {}

    /**
     * Deletes queues that no task is in, unless they are paused. A task that is sent to one in this moment is not lost: no look
     * for due tasks needs the row, and the next send of a node that does not know the queue adds it again.
     *
     * @param after the name after which to begin
     * @param kept the queues that stay
     * @param limit the number of queues to look at
     */
    public Looked prune(String after, Set<String> kept, int limit) {
        // in the order of the index: else a planner that takes the table for small, or all tasks for those of one
        // queue, reads
        // the whole table for each queue without any
        List<?> rows = em.createNativeQuery(
                        "SELECT q.name, CASE WHEN q.paused = FALSE AND (SELECT t.queue FROM errand_task t"
                                + " WHERE t.queue = q.name ORDER BY t.queue, t.state LIMIT 1) IS NULL"
                                + " THEN 1 ELSE 0 END FROM errand_queue q WHERE q.name > ?1 ORDER BY q.name LIMIT "
                                + limit)
                .setParameter(1, after)
                .getResultList();
        String last = after;
        int pruned = 0;
        for (Object row : rows) {
            last = (String) ((Object[]) row)[0];
            if (((Number) ((Object[]) row)[1]).intValue() == 1 && !kept.contains(last)) {
                pruned += em.createQuery("DELETE FROM QueueRecord q WHERE q.name = :name AND q.paused = FALSE")
                        .setParameter("name", last)
                        .executeUpdate();
            }
        }
        return new Looked(rows.size(), last, pruned);
    }
}
