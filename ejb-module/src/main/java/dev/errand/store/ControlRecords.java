package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskState;
import dev.errand.store.TaskTransitions.Waiting;
import dev.errand.store.database.Jdbc;
import dev.errand.store.database.SqlErrors;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.Optional;

/** The actions of users on tasks, each recorded together with its user. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ControlRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    @Inject
    TaskRecords records;

    /** The answer to a revoke. */
    public enum Revoke {
        /** No task has the id. */
        UNKNOWN,
        /** The task is a SUCCESS or a FAILURE. */
        FINISHED,
        /** The task waited, and is REVOKED now. */
        REVOKED,
        /** The same, but an earlier revoke could only request it. */
        REVOKED_AT_LAST,
        /** The task runs, or is about to start: its node is asked to stop it. */
        ASKED,
        /** An earlier revoke has done all that is possible. */
        DONE_BEFORE
    }

    /**
     * Revokes a task: a waiting one at once, a running one by a request to its node. Concurrent callers synchronize on
     * the row of the request: one of them inserts it, and the others wait for that commit. After the insertion this
     * transaction must not be rolled back: on MariaDB, two transactions that wait for a row that vanishes are a
     * deadlock.
     */
    public Revoke revoke(String id, String by, long now) {
        Optional<TaskRecord> locked = records.lock(id);
        Optional<TaskRecord> seen = locked.isPresent() ? locked : records.find(id);
        if (seen.isEmpty()) {
            return Revoke.UNKNOWN;
        }
        if (seen.get().state().finished()) {
            return seen.get().state() == TaskState.REVOKED ? Revoke.DONE_BEFORE : Revoke.FINISHED;
        }
        boolean first = requestRevocation(id, by, now);
        // the transaction that had locked the record may have ended by now
        Optional<TaskRecord> waiting =
                (locked.isPresent() ? locked : records.lock(id)).filter(record -> canBeRevokedNow(record.state()));
        if (waiting.isPresent()) {
            transitions.revoke(waiting.get(), now);
            return first ? Revoke.REVOKED : Revoke.REVOKED_AT_LAST;
        }
        return first ? Revoke.ASKED : Revoke.DONE_BEFORE;
    }

    private static boolean canBeRevokedNow(TaskState state) {
        return state != TaskState.STARTED && state.canBecome(TaskState.REVOKED);
    }

    /**
     * Requests that a task does not start, or that its run stops.
     *
     * @return false if a request exists already
     */
    public boolean requestRevocation(String id, String by, long now) {
        boolean first = jdbc.insertNew("INSERT INTO errand_revocation (task_id, requested_at) VALUES (?, ?)", id, now);
        if (first) {
            em.persist(AuditRecord.ofTask(id, AuditAction.REVOKE, by, now));
        }
        return first;
    }

    public boolean revocationRequested(String id) {
        return em.find(RevocationRecord.class, id) != null;
    }

    void forgetRevocation(String id) {
        em.createQuery("DELETE FROM RevocationRecord v WHERE v.taskId = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Changes a locked record that waits. */
    public void change(TaskRecord locked, Waiting next, String by, long now) {
        transitions.change(locked, next);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.CHANGE, by, now));
    }

    /** Makes a locked record due that waits for a retry. */
    public void dueNow(TaskRecord locked, String by, long now) {
        transitions.dueNow(locked, now);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.RETRY, by, now));
    }

    /**
     * Gives a locked, finished record one more run. Its last run, if it had one, goes into the history.
     *
     * @return false if another task has its unique key by now; the transaction must then be rolled back
     */
    public boolean runAgain(TaskRecord locked, String by, long now) {
        try {
            transitions.runAgain(locked, now);
        } catch (PersistenceException e) {
            if (SqlErrors.constraintViolated(e)) {
                return false;
            }
            throw e;
        }
        forgetRevocation(locked.id);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.RETRY, by, now));
        return true;
    }
}
