package dev.errand.store;

import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collections;
import java.util.List;

/** Deletes old records. Each call is a short transaction of its own, so that no other transaction waits long for it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OldRecords {
    /**
     * The search for old tasks. A task that another transaction has locked is skipped: another node prunes it, or a
     * user has just retried it. The condition on the time of creation is for the index; no task is created after its
     * end.
     */
    private static final String OLD = "SELECT t.id, t.created_at FROM errand_task t WHERE t.state = ?"
            + " AND t.created_at >= ? AND t.created_at <= ? AND t.finished_at <= ?%s LIMIT ? FOR UPDATE SKIP LOCKED";

    private static final String REQUESTS = "SELECT v.task_id, v.requested_at, t.id FROM errand_revocation v"
            + " LEFT JOIN errand_task t ON t.id = v.task_id WHERE v.requested_at < ?"
            + " AND (t.id IS NULL OR t.state IN ('SUCCESS', 'FAILURE', 'REVOKED')) LIMIT ?";

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
    Jdbc jdbc;

    private record Old(String id, long createdAt) {}

    /**
     * A chunk of deleted tasks.
     *
     * @param tasks the number of tasks
     * @param createdTo the time of creation of the last one, at which the next chunk begins
     */
    public record Pruned(int tasks, long createdTo) {}

    /**
     * Deletes up to {@code limit} tasks in that state that ended before that time, with all that belongs to them.
     *
     * @param createdFrom skips tasks that were created earlier: deleted tasks stay in the index for a while, and each
     *     chunk would take longer if it read all of them again
     */
    public Pruned prune(TaskState state, long createdFrom, long endedBefore, int limit) {
        List<Old> old = jdbc.read(
                OLD.formatted(jdbc.dialect().oldest()),
                row -> new Old(row.getString(1), row.getLong(2)),
                state.name(),
                createdFrom,
                endedBefore,
                endedBefore,
                limit);
        if (!old.isEmpty()) {
            List<Object[]> ids =
                    old.stream().map(task -> new Object[] {task.id()}).toList();
            // one by one except on PostgreSQL: for a list of ids, MariaDB may read the whole table, and wait for runs
            int deleted = 0;
            for (String part : PARTS) {
                deleted = delete(part, ids);
            }
            if (deleted == 0) {
                // the next chunk would begin with the same tasks, and so on
                throw new IllegalStateException("The database has found and locked " + ids.size()
                        + " old tasks in state " + state + ", but deletes none of them, for example "
                        + old.get(0).id() + ".");
            }
        }
        return new Pruned(
                old.size(), old.stream().mapToLong(Old::createdAt).max().orElse(createdFrom));
    }

    /**
     * Deletes up to {@code limit} requests to revoke that are no longer needed, because their task is finished or
     * pruned. If a request came while its task was pruned, its audit is deleted as well.
     *
     * @param before the time of the request; concurrent callers may still need a newer one
     * @return the number of requests
     */
    public int pruneRevocations(long before, int limit) {
        List<Request> requests = jdbc.read(
                REQUESTS,
                row -> new Request(row.getString(1), row.getLong(2), row.getString(3) == null),
                before,
                limit);
        List<Object[]> orphans = requests.stream()
                .filter(Request::orphan)
                .map(request -> new Object[] {request.taskId})
                .toList();
        if (!orphans.isEmpty()) {
            delete("errand_audit WHERE task_id", orphans);
        }
        return requests.isEmpty()
                ? 0
                : jdbc.write(
                        "DELETE FROM errand_revocation WHERE task_id = ? AND requested_at = ?",
                        "DELETE FROM errand_revocation v USING unnest(?::text[], ?::bigint[]) AS s (id, at)"
                                + " WHERE v.task_id = s.id AND v.requested_at = s.at",
                        requests.stream()
                                .map(request -> new Object[] {request.taskId, request.requestedAt})
                                .toList());
    }

    private record Request(String taskId, long requestedAt, boolean orphan) {}

    /** Deletes a task that the caller's transaction has locked, with all that belongs to it. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void delete(String id) {
        List<Object[]> ids = Collections.singletonList(new Object[] {id});
        PARTS.forEach(part -> delete(part, ids));
    }

    private int delete(String part, List<Object[]> ids) {
        return jdbc.write("DELETE FROM " + part + " = ?", "DELETE FROM " + part + " = ANY(?::text[])", ids);
    }

    /** Deletes the audit of paused and resumed queues before that time. */
    public void pruneQueueAudit(long before) {
        em.createQuery("DELETE FROM AuditRecord r WHERE r.taskId IS NULL AND r.at < :before")
                .setParameter("before", before)
                .executeUpdate();
    }
}
