package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What people do to tasks, each written down with who did it. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ControlRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** A locked record that waits is not to run any more. */
    public void revoke(TaskRecord locked, String by, long now) {
        TaskRecords.revoke(em, locked, now);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.REVOKE, by, now));
    }

    /** Asks the node that runs the task to stop it; the record itself is locked by the run. @return false if somebody did before */
    public boolean requestRevocation(String id, String by, long now) {
        if (em.find(RevocationRecord.class, id) != null) {
            return false;
        }
        em.persist(new RevocationRecord(id, now));
        em.persist(AuditRecord.ofTask(id, AuditAction.REVOKE, by, now));
        return true;
    }

    public boolean revocationRequested(String id) {
        return em.find(RevocationRecord.class, id) != null;
    }

    public void forgetRevocation(String id) {
        em.createQuery("DELETE FROM RevocationRecord v WHERE v.taskId = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** A locked record that waits for a retry is due now. */
    public void dueNow(TaskRecord locked, String by, long now) {
        em.createQuery("UPDATE TaskRecord r SET r.wakeAt = :now, r.dueAt = :now WHERE r.id = :id")
                .setParameter("now", now)
                .setParameter("id", locked.id)
                .executeUpdate();
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.RETRY, by, now));
    }

    /** A locked record that was over gets one more run. Its last run, if it had one, goes into the history. */
    public void again(TaskRecord locked, String by, long now) {
        boolean ran = locked.startedAt != null;
        if (ran && em.find(RunRecord.class, new RunId(locked.id, locked.run)) == null) {
            ErrorText error = locked.errorType == null
                    ? null
                    : new ErrorText(locked.errorType, locked.errorMessage, locked.errorTrace);
            RunHistory.add(
                    em,
                    new RunRecord(
                            locked.id,
                            locked.run,
                            locked.state,
                            locked.node,
                            locked.startedAt,
                            locked.finishedAt,
                            error));
        }
        em.createQuery("UPDATE TaskRecord r SET r.state = :pending, r.wakeAt = :now, r.dueAt = :now, r.node = NULL,"
                        + " r.run = r.run + 1, r.retries = r.retries + :ran, r.crashes = 0, r.liveKey = r.uniqueKey,"
                        + " r.expiresAt = NULL, r.finishedAt = NULL WHERE r.id = :id")
                .setParameter("pending", TaskState.PENDING)
                .setParameter("now", now)
                .setParameter("ran", ran ? 1 : 0)
                .setParameter("id", locked.id)
                .executeUpdate();
        forgetRevocation(locked.id);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.RETRY, by, now));
    }
}
