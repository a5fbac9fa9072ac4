package dev.errand.store;

import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import javax.sql.DataSource;

/** Takes old records out. Each call is a short transaction of its own, so that nobody waits for a long one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OldRecords {
    /**
     * What somebody else has locked is passed over: another node prunes it, or somebody has just retried it. Created no later
     * than ended, and the index has it.
     */
    private static final String OLD = "SELECT t.id, t.created_at FROM errand_task t WHERE t.state = ?"
            + " AND t.created_at >= ? AND t.created_at <= ? AND t.finished_at <= ?%s LIMIT ? FOR UPDATE SKIP LOCKED";

    private static final List<String> PARTS = List.of(
            "errand_run WHERE task_id",
            "errand_log WHERE task_id",
            "errand_audit WHERE task_id",
            "errand_revocation WHERE task_id",
            "errand_running WHERE task_id",
            "errand_task WHERE id");

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    @TaskDatabase
    DataSource dataSource;

    private Jdbc jdbc;

    /**
     * A chunk of tasks that were deleted.
     *
     * @param tasks how many
     * @param createdTo when the last of them was created: the next chunk begins there
     */
    public record Pruned(int tasks, long createdTo) {}

    /**
     * Deletes up to {@code limit} tasks in that state that ended before that time, with all that belongs to them.
     *
     * @param createdFrom passes over what was created before: what is deleted stays in the index for a while, and to read all
     *     of it again for each chunk would take longer and longer
     */
    public Pruned prune(TaskState state, long createdFrom, long endedBefore, int limit) {
        List<Cursor> old = jdbc().read(
                        OLD.formatted(jdbc().dialect().oldest()),
                        row -> new Cursor(row.getLong(2), row.getString(1)),
                        state.name(),
                        createdFrom,
                        endedBefore,
                        endedBefore,
                        limit);
        if (!old.isEmpty()) {
            List<Object[]> ids =
                    old.stream().map(task -> new Object[] {task.id()}).toList();
            // one by one where it is not PostgreSQL: for a list of ids MariaDB may read the whole table, and wait for
            // runs
            int deleted = 0;
            for (String part : PARTS) {
                deleted =
                        jdbc().write("DELETE FROM " + part + " = ?", "DELETE FROM " + part + " = ANY(?::text[])", ids);
            }
            if (deleted == 0) {
                // the next chunk would begin with the same, and so on
                throw new IllegalStateException(
                        "The database has found and locked " + ids.size() + " old tasks in state " + state
                                + ", but deletes none of them, " + old.get(0).id() + " for one.");
            }
        }
        return new Pruned(
                old.size(), old.stream().mapToLong(Cursor::createdAt).max().orElse(createdFrom));
    }

    /** Deletes what was written down of pausing and resuming queues before that time. */
    public void pruneQueueAudit(long before) {
        em.createQuery("DELETE FROM AuditRecord r WHERE r.taskId IS NULL AND r.at < :before")
                .setParameter("before", before)
                .executeUpdate();
    }

    private Jdbc jdbc() {
        if (jdbc == null) {
            jdbc = new Jdbc(dataSource);
        }
        return jdbc;
    }
}
