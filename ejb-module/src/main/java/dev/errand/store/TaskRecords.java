package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;

/** The record's way from sent to over. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** Whether the id is taken, by any task. */
    public boolean exists(String id) {
        return !em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.id = :id", String.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    /** The id of the task that has this unique key and is not over. */
    public Optional<String> holderOf(String uniqueKey) {
        return em.createQuery("SELECT r.id FROM TaskRecord r WHERE r.liveKey = :key", String.class)
                .setParameter("key", uniqueKey)
                .getResultStream()
                .findFirst();
    }

    /** Locks a record whatever its state; nothing, if there is none or somebody else has it locked. */
    public Optional<TaskRecord> lock(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return first(em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.id = ?1 FOR UPDATE SKIP LOCKED", TaskRecord.class)
                .setParameter(1, id));
    }

    /** A record as it is, whoever has it locked. */
    public Optional<TaskRecord> find(String id) {
        return first(em.createNativeQuery("SELECT * FROM errand_task t WHERE t.id = ?1", TaskRecord.class)
                .setParameter(1, id));
    }

    /** A long run starts; others may take it over when the lease ends. */
    public void start(TaskRecord claimed, String node, long now, long leaseEnd) {
        em.createQuery("UPDATE TaskRecord r SET r.state = :started, r.node = :node, r.startedAt = :now,"
                        + " r.finishedAt = NULL, r.progressDone = NULL, r.progressTotal = NULL, r.progressMessage = NULL,"
                        + " r.wakeAt = :lease WHERE r.id = :id AND r.run = :run")
                .setParameter("started", TaskState.STARTED)
                .setParameter("node", node)
                .setParameter("now", now)
                .setParameter("lease", leaseEnd)
                .setParameter("id", claimed.id)
                .setParameter("run", claimed.run)
                .executeUpdate();
    }

    /** SUCCESS, FAILURE or REVOKED. @return false if the run is no longer the record's: its outcome must change nothing */
    public boolean end(Ended ended, TaskState state, String result, ErrorText error) {
        Query update = em.createQuery("UPDATE TaskRecord r SET r.state = :state, r.wakeAt = NULL, r.liveKey = NULL,"
                + " r.result = :result, r.node = :node, r.startedAt = :started, r.finishedAt = :finished,"
                + " r.errorType = :type, r.errorMessage = :message, r.errorTrace = :trace,"
                + " r.progressDone = :done, r.progressTotal = :total, r.progressMessage = :progress"
                + " WHERE r.id = :id AND r.run = :run AND r.state IN :live");
        return execute(update.setParameter("node", ended.node()), ended, state, error, result);
    }

    /** RETRY: the run goes into the history, and the next one is due then. @return false as {@link #end} */
    public boolean retry(Ended ended, ErrorText error, long dueAt, boolean argumentChanged, String argument) {
        Query update = em.createQuery("UPDATE TaskRecord r SET r.state = :state, r.wakeAt = :due, r.dueAt = :due,"
                        + " r.run = r.run + 1, r.retries = r.retries + 1, r.node = NULL,"
                        + " r.startedAt = :started, r.finishedAt = :finished,"
                        + (argumentChanged ? " r.argument = :result," : " r.result = :result,")
                        + " r.errorType = :type, r.errorMessage = :message, r.errorTrace = :trace,"
                        + " r.progressDone = :done, r.progressTotal = :total, r.progressMessage = :progress"
                        + " WHERE r.id = :id AND r.run = :run AND r.state IN :live")
                .setParameter("due", dueAt);
        boolean ours = execute(update, ended, TaskState.RETRY, error, argumentChanged ? argument : null);
        if (ours) {
            RunHistory.add(
                    em,
                    new RunRecord(
                            ended.id(),
                            ended.run(),
                            TaskState.RETRY,
                            ended.node(),
                            ended.startedAt(),
                            ended.finishedAt(),
                            error));
        }
        return ours;
    }

    private static boolean execute(Query update, Ended ended, TaskState state, ErrorText error, String result) {
        Progress progress = ended.progress();
        return update.setParameter("state", state)
                        .setParameter("result", result)
                        .setParameter("started", ended.startedAt())
                        .setParameter("finished", ended.finishedAt())
                        .setParameter("type", error == null ? null : error.type())
                        .setParameter("message", error == null ? null : error.message())
                        .setParameter("trace", error == null ? null : error.trace())
                        .setParameter("done", progress == null ? null : progress.done())
                        .setParameter("total", progress == null ? null : progress.total())
                        .setParameter("progress", progress == null ? null : ErrorText.clean(progress.message(), 1_000))
                        .setParameter("id", ended.id())
                        .setParameter("run", ended.run())
                        .setParameter("live", TaskState.thatCanBecome(state))
                        .executeUpdate()
                == 1;
    }

    /** A record that this transaction has locked goes back to wait, with no node having it; a started run is not counted. */
    public void release(TaskRecord locked, long wakeAt) {
        em.createQuery("UPDATE TaskRecord r SET r.state = :waiting, r.node = NULL, r.wakeAt = :wake WHERE r.id = :id"
                        + " AND r.run = :run AND r.state IN :live")
                .setParameter("waiting", locked.state() == TaskState.RETRY ? TaskState.RETRY : TaskState.PENDING)
                .setParameter("live", List.of(TaskState.PENDING, TaskState.RETRY, TaskState.STARTED))
                .setParameter("wake", wakeAt)
                .setParameter("id", locked.id)
                .setParameter("run", locked.run)
                .executeUpdate();
    }

    /** A record that this transaction has locked has no handler. */
    public void park(TaskRecord locked) {
        em.createQuery("UPDATE TaskRecord r SET r.state = :parked, r.node = NULL, r.wakeAt = NULL WHERE r.id = :id")
                .setParameter("parked", TaskState.PARKED)
                .setParameter("id", locked.id)
                .executeUpdate();
    }

    /** A record that this transaction has locked is not to run any more. */
    public void revoke(TaskRecord locked, long now) {
        em.createQuery("UPDATE TaskRecord r SET r.state = :revoked, r.node = NULL, r.wakeAt = NULL, r.liveKey = NULL,"
                        + " r.finishedAt = :now WHERE r.id = :id")
                .setParameter("revoked", TaskState.REVOKED)
                .setParameter("now", now)
                .setParameter("id", locked.id)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private Optional<TaskRecord> first(Query query) {
        // not managed: nobody changes the object, so nobody need look for changes at commit
        return query.setHint("eclipselink.maintain-cache", false)
                .getResultStream()
                .findFirst();
    }
}
