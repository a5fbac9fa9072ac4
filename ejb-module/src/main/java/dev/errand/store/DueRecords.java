package dev.errand.store;

import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
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

/** The due tasks, and the time at which the next one is due. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DueRecords {
    /** The number of index look-ups in one statement. */
    private static final int LOOKS = 100;

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    @Inject
    DueFinder finder;

    /** Finds the queues with due tasks, and the time of the next search. */
    public Due look(long now) {
        return finder.look(now, true);
    }

    /** Locks due records; see {@link DueLock}. */
    public List<TaskRecord> lock(Turn turn, long now, int room) {
        return new DueLock(jdbc.dialect(), finder, "SELECT * FROM ")
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

    /**
     * Returns those of the given task names that have parked records. Each name takes one look-up in the index, however
     * many records are parked.
     */
    public Set<String> parked(Collection<String> tasks) {
        Set<String> parked = new HashSet<>();
        List<String> names = List.copyOf(tasks);
        for (int from = 0; from < names.size(); from += LOOKS) {
            List<String> some = names.subList(from, Math.min(names.size(), from + LOOKS));
            String look = "(SELECT t.task FROM " + parkedOfTask() + " LIMIT 1)";
            String looks = String.join(" UNION ALL ", Collections.nCopies(some.size(), look));
            parked.addAll(jdbc.read(looks, row -> row.getString(1), some.toArray()));
        }
        return parked;
    }

    /** Returns the first names of parked records. Each name takes one look-up in the index, however many records are parked. */
    public List<String> parked(int most) {
        Dialect dialect = jdbc.dialect();
        boolean h2 = dialect == Dialect.H2;
        String task = dialect.parkedTask();
        String next = "SELECT " + task + " FROM errand_task t" + dialect.index("errand_task_parked") + " WHERE " + task
                + (h2 ? " >= ?" : " > ?") + dialect.unlessH2(" ORDER BY " + task) + " LIMIT 1";
        List<String> names = new ArrayList<>();
        for (String after = ""; names.size() < most; ) {
            List<String> found = jdbc.read(next, row -> row.getString(1), after);
            if (found.isEmpty()) {
                break;
            }
            names.addAll(found);
            // with "greater", H2 reads all equal entries; a name has no blank, so the next one does not come before
            // this
            after = found.get(0) + (h2 ? " " : "");
        }
        return names;
    }

    /** Locks parked records of a task. */
    public List<TaskRecord> lockParked(String task, int limit) {
        return records("SELECT t.* FROM " + parkedOfTask() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED", task);
    }

    /**
     * Returns the first names of held records that this node's application has. Each name takes one look-up in the index,
     * however many records are held.
     */
    public List<String> held(int most) {
        List<String> names = new ArrayList<>();
        for (String application : finder.applications()) {
            for (long from = Held.FROM; names.size() < most; ) {
                List<String> found = jdbc.read(
                        "SELECT t.task FROM " + wake() + " >= ? ORDER BY t.application, " + wakeAt() + " LIMIT 1",
                        row -> row.getString(1),
                        application,
                        from);
                if (found.isEmpty()) {
                    break;
                }
                names.addAll(found);
                from = Held.wakeAt(found.get(0)) + 1;
            }
        }
        return names;
    }

    /** Returns whether a record of the task is held, in any application of these. */
    public boolean isHeld(Collection<String> applications, String task) {
        return applications.stream()
                .anyMatch(application -> !jdbc.read(
                                "SELECT t.task FROM " + wake() + " = ? LIMIT 1",
                                row -> row.getString(1),
                                application,
                                Held.wakeAt(task))
                        .isEmpty());
    }

    /** Locks held records of a task, of this node's application. */
    public List<TaskRecord> lockHeld(String task, int limit) {
        List<TaskRecord> locked = new ArrayList<>();
        for (String application : finder.applications()) {
            locked.addAll(records(
                    "SELECT * FROM " + wake() + " = ? LIMIT " + (limit - locked.size()) + " FOR UPDATE SKIP LOCKED",
                    application,
                    Held.wakeAt(task)));
            if (locked.size() >= limit) {
                break;
            }
        }
        return locked;
    }

    /** Returns the table and the beginning of the condition, up to the wake-up time. */
    private String wake() {
        return "errand_task t" + jdbc.dialect().index("errand_task_wake")
                + " WHERE t.application = ? AND t.wake_at IS NOT NULL AND " + wakeAt();
    }

    private String wakeAt() {
        return jdbc.dialect() == Dialect.POSTGRESQL ? "(t.wake_at + 0)" : "t.wake_at";
    }

    /** Locks waiting records of a task that belong to another application. */
    public List<TaskRecord> lockOf(String application, String task, int limit) {
        return records(
                "SELECT * FROM errand_task t WHERE t.application = ? AND t.task = ? AND t.wake_at IS NOT NULL LIMIT "
                        + limit + " FOR UPDATE SKIP LOCKED",
                application,
                task);
    }

    private String parkedOfTask() {
        Dialect dialect = jdbc.dialect();
        return "errand_task t" + dialect.index("errand_task_parked") + " WHERE " + dialect.parkedTask() + " = ?";
    }

    /**
     * Adapts records after the clock was set back from {@code before} to {@code now}: records that were due are due
     * now, and the node's leases end at {@code leaseEnd} at the latest. Records that another transaction has locked are
     * skipped.
     *
     * @return the number of changed records
     */
    @SuppressWarnings("unchecked")
    public int clockSetBack(String node, long now, long before, long leaseEnd, int limit) {
        List<TaskRecord> waiting = new ArrayList<>();
        for (String application : finder.applications()) {
            waiting.addAll(records(
                    "SELECT * FROM errand_task t WHERE t.application = ? AND t.wake_at > ? AND t.wake_at <= ?"
                            + " AND t.node IS NULL AND t.state IN ('PENDING', 'RETRY') LIMIT " + limit
                            + " FOR UPDATE SKIP LOCKED",
                    application,
                    now,
                    before));
        }
        List<TaskRecord> leased = em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.wake_at > ?1 AND t.node = ?2"
                                + " AND t.state IN ('PENDING', 'RETRY', 'STARTED')"
                                + jdbc.dialect().ofNode() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, leaseEnd)
                .setParameter(2, node)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
        transitions.wake(waiting, now);
        transitions.wake(leased, leaseEnd);
        return waiting.size() + leased.size();
    }

    /** Locks the records that this node held when it crashed. */
    @SuppressWarnings("unchecked")
    public List<TaskRecord> lockHeldBy(String node, long now, int limit) {
        return em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.node = ?1 AND t.wake_at > 0 AND t.due_at <= ?2"
                                + " AND t.state IN ('PENDING', 'RETRY', 'STARTED')"
                                + jdbc.dialect().ofNode() + " LIMIT " + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, node)
                .setParameter(2, now)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
    }

    /**
     * Returns the tasks that a node was running in a transaction when it crashed: the rows that are left in the table
     * of long runs.
     */
    public List<String> runningOn(String node) {
        return em.createQuery("SELECT g.taskId FROM RunningRecord g WHERE g.node = :node", String.class)
                .setParameter("node", node)
                .getResultList();
    }

    public void forgetRunningOn(String node) {
        em.createQuery("DELETE FROM RunningRecord g WHERE g.node = :node")
                .setParameter("node", node)
                .executeUpdate();
    }
}
