package dev.errand.store;

import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Takes old records out. Each call is a short transaction of its own, so that nobody waits for a long one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OldRecords {
    private static final List<String> PARTS = List.of(
            "DELETE FROM errand_run WHERE task_id = ?",
            "DELETE FROM errand_log WHERE task_id = ?",
            "DELETE FROM errand_audit WHERE task_id = ?",
            "DELETE FROM errand_revocation WHERE task_id = ?",
            "DELETE FROM errand_running WHERE task_id = ?",
            "DELETE FROM errand_task WHERE id = ?");

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
            delete(em.unwrap(Connection.class), ids);
        }
        return ids.size();
    }

    /** Deletes what was written down of pausing and resuming queues before that time. */
    public void pruneQueueAudit(long before) {
        em.createQuery("DELETE FROM AuditRecord r WHERE r.taskId IS NULL AND r.at < :before")
                .setParameter("before", before)
                .executeUpdate();
    }

    /** One by one, in batches: for a list of ids MariaDB may read the whole table, and wait for each row that a run has locked. */
    private static void delete(Connection connection, List<String> ids) {
        for (String part : PARTS) {
            try (PreparedStatement statement = connection.prepareStatement(part)) {
                for (String id : ids) {
                    statement.setString(1, id);
                    statement.addBatch();
                }
                statement.executeBatch();
            } catch (SQLException e) {
                throw new PersistenceException("Old records could not be deleted: " + e.getMessage(), e);
            }
        }
    }
}
