package dev.errand.store;

import dev.errand.api.TaskDatabase;
import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** What is due, and when something will be. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DueRecords {
    private static final String BY_TASK = "errand_task_by_task";

    /** In the order of the index, so that no planner reads all that is parked, or all of the task. */
    private static final String PARKED =
            "(SELECT t.task FROM errand_task t%s WHERE t.task = ? AND t.state = 'PARKED'" + "%s LIMIT 1)";

    /** The number of looks in one statement. */
    private static final int LOOKS = 100;

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    @TaskDatabase
    DataSource dataSource;

    @Inject
    DueFinder finder;

    private Jdbc jdbc;

    /** Finds the queues with due tasks, and the time of the next look. */
    public Due look(long now) {
        return finder.look(now, true);
    }

    /** Locks due records; see {@link DueLock}. */
    public List<TaskRecord> lock(Turn turn, long now, int room) {
        return new DueLock(jdbc().dialect(), finder, "SELECT * FROM ")
                .lock(turn, now, room, this::records, TaskRecord::queue);
    }

    @SuppressWarnings("unchecked")
    private List<TaskRecord> records(String sql, Object... values) {
        String numbered = sql;
        for (int i = 1; i <= values.length; i++) {
            numbered = numbered.replaceFirst("\\?(?!\\d)", "?" + i);
        }
        Query query = em.createNativeQuery(numbered, TaskRecord.class).setHint("eclipselink.maintain-cache", false);
        for (int i = 1; i <= values.length; i++) {
            query.setParameter(i, values[i - 1]);
        }
        return query.getResultList();
    }

    private Jdbc jdbc() {
        if (jdbc == null) {
            jdbc = new Jdbc(dataSource);
        }
        return jdbc;
    }

    /** Those of the tasks that have parked records: by one look into the index each, however many records are parked. */
    public Set<String> parked(Collection<String> tasks) {
        Set<String> parked = new HashSet<>();
        List<String> names = List.copyOf(tasks);
        for (int from = 0; from < names.size(); from += LOOKS) {
            List<String> some = names.subList(from, Math.min(names.size(), from + LOOKS));
            String looks = String.join(
                    " UNION ALL ",
                    Collections.nCopies(
                            some.size(),
                            PARKED.formatted(
                                    jdbc().dialect().index(BY_TASK),
                                    jdbc().dialect().byTask())));
            parked.addAll(jdbc().read(looks, row -> row.getString(1), some.toArray()));
        }
        return parked;
    }

    /** Locks parked records of a task. */
    public List<TaskRecord> lockParked(String task, int limit) {
        return records(
                "SELECT * FROM errand_task t" + jdbc().dialect().index(BY_TASK)
                        + " WHERE t.task = ? AND t.state = 'PARKED'"
                        + jdbc().dialect().byTask() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                task);
    }

    /** Gives locked records to this node: a message for each is about to go out. */
    public void lease(Collection<TaskRecord> locked, String node, long until) {
        if (!locked.isEmpty()) {
            em.createQuery("UPDATE TaskRecord r SET r.node = :node, r.wakeAt = :until WHERE r.id IN :ids")
                    .setParameter("node", node)
                    .setParameter("until", until)
                    .setParameter("ids", ids(locked))
                    .executeUpdate();
        }
    }

    /**
     * The clock was set back from {@code before} to {@code now}: what was due is due now, and the node's leases end at {@code
     * leaseEnd} at the latest. Records that somebody has locked are passed over. @return how many were changed
     */
    @SuppressWarnings("unchecked")
    public int clockSetBack(String node, long now, long before, long leaseEnd, int limit) {
        List<TaskRecord> waiting = em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.wake_at > ?1 AND t.wake_at <= ?2 AND t.node IS NULL"
                                + " AND t.state IN ('PENDING', 'RETRY') LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, now)
                .setParameter(2, before)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
        List<TaskRecord> leased = em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.wake_at > ?1 AND t.node = ?2"
                                + " AND t.state IN ('PENDING', 'RETRY', 'STARTED')"
                                + jdbc().dialect().ofNode() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, leaseEnd)
                .setParameter(2, node)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
        wake(waiting, now);
        wake(leased, leaseEnd);
        return waiting.size() + leased.size();
    }

    private void wake(Collection<TaskRecord> locked, long at) {
        if (!locked.isEmpty()) {
            em.createQuery("UPDATE TaskRecord r SET r.wakeAt = :at WHERE r.id IN :ids")
                    .setParameter("at", at)
                    .setParameter("ids", ids(locked))
                    .executeUpdate();
        }
    }

    /** Locked records that had no handler get one, and are due. */
    public void unpark(Collection<TaskRecord> locked, long now) {
        if (!locked.isEmpty()) {
            em.createQuery("UPDATE TaskRecord r SET r.state = :pending, r.wakeAt = CASE WHEN r.dueAt > :now"
                            + " THEN r.dueAt ELSE :now END WHERE r.id IN :ids")
                    .setParameter("pending", TaskState.PENDING)
                    .setParameter("now", now)
                    .setParameter("ids", ids(locked))
                    .executeUpdate();
        }
    }

    private static List<String> ids(Collection<TaskRecord> records) {
        List<String> ids = new ArrayList<>(records.size());
        records.forEach(record -> ids.add(record.id));
        return ids;
    }

    /** A locked record's long run is lost with its node: it goes into the history and the next may start. */
    public void lost(TaskRecord locked, long now, ErrorText error) {
        RunHistory.add(
                em, new RunRecord(locked.id, locked.run, TaskState.PENDING, locked.node, locked.startedAt, now, error));
        em.createQuery("UPDATE TaskRecord r SET r.state = :pending, r.run = r.run + 1, r.crashes = r.crashes + 1,"
                        + " r.node = NULL, r.wakeAt = :now, r.errorType = :type, r.errorMessage = :message,"
                        + " r.errorTrace = NULL WHERE r.id = :id AND r.run = :run")
                .setParameter("pending", TaskState.PENDING)
                .setParameter("now", now)
                .setParameter("type", error.type())
                .setParameter("message", error.message())
                .setParameter("id", locked.id)
                .setParameter("run", locked.run)
                .executeUpdate();
    }

    /** A locked record that this node had, and that waits: it was in flight when the node went down, or even ran. */
    public void released(TaskRecord locked, long now, int crashes) {
        em.createQuery("UPDATE TaskRecord r SET r.node = NULL, r.wakeAt = :now, r.crashes = :crashes WHERE r.id = :id")
                .setParameter("now", now)
                .setParameter("crashes", crashes)
                .setParameter("id", locked.id)
                .executeUpdate();
    }

    /** Locks what this node had when it went down. */
    @SuppressWarnings("unchecked")
    public List<TaskRecord> lockHeldBy(String node, long now, int limit) {
        return em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.node = ?1 AND t.wake_at > 0 AND t.due_at <= ?2"
                                + " AND t.state IN ('PENDING', 'RETRY', 'STARTED')"
                                + jdbc().dialect().ofNode() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, node)
                .setParameter(2, now)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
    }
}
