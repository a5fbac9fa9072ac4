package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.QueueSettings;
import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The queues to which tasks were sent. Each call is a transaction of its own, so that a sender's transaction cannot
 * block others from a new queue.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class QueueRecords {
    /** The condition that no task of an application waits or runs in a queue. */
    private static final String UNUSED = " AND (SELECT t.queue FROM errand_task t WHERE t.application = ?%s"
            + " AND t.queue = q.name AND t.wake_at IS NOT NULL" + Dialect.ORDER + " LIMIT 1) IS NULL";

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
     * @return false if it exists already: another node may add it at the same moment
     */
    public boolean add(String name, long now) {
        return jdbc.insertNew("INSERT INTO errand_queue (name, paused, used_at) VALUES (?, ?, ?)", name, false, now);
    }

    /** Notes that tasks were sent to these queues. */
    public void used(Collection<String> names, long now) {
        if (!names.isEmpty()) {
            em.createQuery("UPDATE QueueRecord q SET q.usedAt = :now WHERE q.name IN :names")
                    .setParameter("now", now)
                    .setParameter("names", names)
                    .executeUpdate();
        }
    }

    private QueueRecord insert(String name, long now) {
        QueueRecord queue = new QueueRecord(name, now);
        em.persist(queue);
        em.flush();
        return queue;
    }

    /**
     * Pauses or resumes a queue, and records the user in the audit. The queue's row may have been deleted; a pause adds
     * it again.
     *
     * @return false if that changed nothing
     */
    public boolean pause(String name, boolean paused, String by, long now) {
        if (!Names.possible(name)) {
            return false;
        }
        QueueRecord queue = em.find(QueueRecord.class, name, LockModeType.PESSIMISTIC_WRITE);
        if (queue == null && paused) {
            queue = insert(name, now);
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

    /** Returns the queues that have settings, by name. */
    public Map<String, QueueSettings> settings() {
        return em.createQuery("SELECT q FROM QueueRecord q WHERE q.settings = TRUE", QueueRecord.class)
                .getResultStream()
                .collect(Collectors.toMap(QueueRecord::name, QueueRecord::settings));
    }

    /** Replaces the settings of a queue, which is added if there is no row, and records the user in the audit. */
    public void configure(String name, QueueSettings settings, String by, long now) {
        QueueRecord queue = em.find(QueueRecord.class, name, LockModeType.PESSIMISTIC_WRITE);
        if (queue == null) {
            queue = insert(name, now);
        }
        queue.settings(settings);
        em.persist(AuditRecord.ofQueue(name, AuditAction.SET, by, now));
    }

    /**
     * Counts the unfinished tasks of a queue, without those that are PARKED.
     *
     * @param most the number at which the count ends
     */
    public long pending(String queue, long most) {
        String count = "SELECT COUNT(*) FROM (SELECT t.queue FROM errand_task t"
                + jdbc.dialect().index("errand_task_due")
                + " WHERE t.application = ? AND t.queue = ? AND t.wake_at IS NOT NULL LIMIT ?) c";
        long all = 0;
        for (String application : applications()) {
            all += jdbc.read(count, row -> row.getLong(1), application, queue, most - all)
                    .get(0);
            if (all >= most) {
                break;
            }
        }
        return all;
    }

    private List<String> applications() {
        List<String> applications =
                new ArrayList<>(jdbc.read("SELECT DISTINCT application FROM errand_handler", row -> row.getString(1)));
        applications.add("");
        return applications;
    }

    /** Some queues that were checked, in the order of their names. */
    public record Looked(int queues, String last, int pruned) {}

    /**
     * Deletes unused queues: no task was sent to them recently, no task waits or runs in them, and they are neither paused
     * nor set.
     * A task that is sent to one at this moment is not lost: no search for due tasks needs the row, and the next send
     * of a node that does not know the queue adds it again.
     *
     * @param after the name after which to begin
     * @param usedBefore the time in milliseconds from which on a use keeps a queue
     * @param kept the queues that stay
     * @param limit the number of queues to check
     */
    public Looked prune(String after, long usedBefore, Set<String> kept, int limit) {
        List<String> applications = applications();
        StringBuilder unused = new StringBuilder();
        for (int i = 0; i < applications.size(); i++) {
            unused.append(UNUSED.formatted(i + 3));
        }
        // in the order of the index: otherwise a planner that takes the table for small reads all of it for each queue
        Query query = em.createNativeQuery(
                        "SELECT q.name, CASE WHEN q.paused = FALSE AND q.settings = FALSE AND q.used_at < ?1" + unused
                                + " THEN 1 ELSE 0 END FROM errand_queue q WHERE q.name > ?2 ORDER BY q.name LIMIT "
                                + limit)
                .setParameter(1, usedBefore)
                .setParameter(2, after);
        for (int i = 0; i < applications.size(); i++) {
            query.setParameter(i + 3, applications.get(i));
        }
        List<?> rows = query.getResultList();
        String last = after;
        int pruned = 0;
        for (Object row : rows) {
            last = (String) ((Object[]) row)[0];
            if (((Number) ((Object[]) row)[1]).intValue() == 1 && !kept.contains(last)) {
                pruned += em.createQuery("DELETE FROM QueueRecord q WHERE q.name = :name AND q.paused = FALSE"
                                + " AND q.settings = FALSE AND q.usedAt < :before")
                        .setParameter("name", last)
                        .setParameter("before", usedBefore)
                        .executeUpdate();
            }
        }
        return new Looked(rows.size(), last, pruned);
    }
}
