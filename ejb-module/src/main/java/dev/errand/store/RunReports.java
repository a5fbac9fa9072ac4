package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The reports of running tasks, and the requests to stop them. In a transaction of its own: the transaction of the run
 * is still open, and holds its record.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RunReports {
    private static final String SHOW = "INSERT INTO errand_running (task_id, run, node, started_at, seen_at,"
            + " progress_done, progress_total, progress_message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    /** A line that a handler logged. */
    public record Line(long number, long at, String message) {}

    /** Shows a transactional run as running. */
    public void running(String id, int run, String node, long startedAt, long now, Progress progress) {
        Long done = progress == null ? null : progress.done();
        Long total = progress == null ? null : progress.total();
        String message = progress == null ? null : ErrorText.clean(progress.message(), 1_000);
        boolean known =
                em.createQuery("UPDATE RunningRecord r SET r.run = :run, r.node = :node, r.startedAt = :started,"
                                        + " r.seenAt = :now, r.progressDone = :done, r.progressTotal = :total,"
                                        + " r.progressMessage = :message WHERE r.taskId = :id")
                                .setParameter("run", run)
                                .setParameter("node", node)
                                .setParameter("started", startedAt)
                                .setParameter("now", now)
                                .setParameter("done", done)
                                .setParameter("total", total)
                                .setParameter("message", message)
                                .setParameter("id", id)
                                .executeUpdate()
                        == 1;
        if (!known) {
            // the heartbeat and the run itself may insert the row at the same time
            jdbc.insertNew(SHOW, id, run, node, startedAt, now, done, total, message);
        }
    }

    /**
     * Prolongs the lease of a run, and records its progress.
     *
     * @return false if another node has taken the task over
     */
    public boolean renew(String id, int run, String node, long leaseEnd, Progress progress) {
        return transitions.renew(id, run, node, leaseEnd, progress);
    }

    public void log(String id, int run, List<Line> lines) {
        lines.forEach(line -> em.persist(new LogRecord(id, run, line.number, line.at, line.message)));
        // servers log an error in the commit at length
        em.flush();
    }

    /** Stops showing a transactional run as running. */
    public void ended(String id) {
        em.createQuery("DELETE FROM RunningRecord r WHERE r.taskId = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Returns those of these tasks that a user has asked to stop. */
    public Set<String> revocations(Collection<String> ids) {
        return Set.copyOf(em.createQuery("SELECT v.taskId FROM RevocationRecord v WHERE v.taskId IN :ids", String.class)
                .setParameter("ids", ids)
                .getResultList());
    }
}
