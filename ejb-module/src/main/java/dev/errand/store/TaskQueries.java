package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people want to see. Always in the caller's transaction; locks nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskQueries {
    /** A transactional run that lasts: its record says PENDING or RETRY until it commits. */
    private static final String RUNNING =
            "EXISTS (SELECT 1 FROM RunningRecord g WHERE g.taskId = r.id AND g.run = r.run)";

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** A record, and the row of its run if that is a transactional one that lasts. */
    public record Row(TaskRecord record, RunningRecord running) {}

    public Optional<Row> find(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return rows(em.createQuery("SELECT r FROM TaskRecord r WHERE r.id = :id", TaskRecord.class)
                        .setParameter("id", id)
                        .getResultList())
                .stream()
                .findFirst();
    }

    /** One more than the limit, so that the caller knows whether there is a next page. */
    public List<Row> list(TaskFilter filter, Cursor cursor) {
        if (filter.state() != TaskState.STARTED) {
            return page(filter, cursor, filter.state() == null ? null : state(filter.state()), List.of());
        }
        List<Row> started = page(filter, cursor, "r.state = :state", List.of());
        List<String> ids = em.createQuery("SELECT g.taskId FROM RunningRecord g", String.class)
                .getResultList();
        if (ids.isEmpty()) {
            return started;
        }
        // apart from the others, and by their ids: one condition for both would read every task that waits
        List<Row> lasting = page(filter.state(null), cursor, "r.id IN :ids AND " + RUNNING, ids);
        return Stream.concat(started.stream(), lasting.stream().filter(row -> row.running != null))
                .sorted(Comparator.comparing((Row row) -> row.record.createdAt)
                        .thenComparing(row -> row.record.id)
                        .reversed())
                .limit(filter.limit() + 1L)
                .toList();
    }

    private List<Row> page(TaskFilter filter, Cursor cursor, String condition, List<String> ids) {
        if (filter.task() != null && !Names.possible(filter.task())
                || filter.queue() != null && !Names.possible(filter.queue())) {
            return List.of();
        }
        List<String> where = new ArrayList<>();
        if (condition != null) {
            where.add(condition);
        }
        if (filter.task() != null) {
            where.add("r.task = :task");
        }
        if (filter.queue() != null) {
            where.add("r.queue = :queue");
        }
        if (cursor != null) {
            where.add("(r.createdAt < :at OR (r.createdAt = :at AND r.id < :id))");
        }
        TypedQuery<TaskRecord> query = em.createQuery(
                "SELECT r FROM TaskRecord r" + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
                        + " ORDER BY r.createdAt DESC, r.id DESC",
                TaskRecord.class);
        if (filter.state() != null) {
            query.setParameter("state", filter.state());
        }
        if (!ids.isEmpty()) {
            query.setParameter("ids", ids);
        }
        if (filter.task() != null) {
            query.setParameter("task", filter.task());
        }
        if (filter.queue() != null) {
            query.setParameter("queue", filter.queue());
        }
        if (cursor != null) {
            query.setParameter("at", cursor.createdAt()).setParameter("id", cursor.id());
        }
        return rows(query.setMaxResults(filter.limit() + 1).getResultList());
    }

    private static String state(TaskState state) {
        return switch (state) {
            case PENDING, RETRY -> "r.state = :state AND NOT " + RUNNING;
            default -> "r.state = :state";
        };
    }

    private List<Row> rows(List<TaskRecord> records) {
        List<String> ids = records.stream()
                .filter(record -> record.state == TaskState.PENDING || record.state == TaskState.RETRY)
                .map(record -> record.id)
                .toList();
        Map<String, RunningRecord> running = running(ids);
        return records.stream()
                .map(record -> new Row(record, sameRun(record, running.get(record.id))))
                .toList();
    }

    private static RunningRecord sameRun(TaskRecord record, RunningRecord running) {
        return running != null && running.run == record.run ? running : null;
    }

    private Map<String, RunningRecord> running(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return em.createQuery("SELECT g FROM RunningRecord g WHERE g.taskId IN :ids", RunningRecord.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(running -> running.taskId, Function.identity()));
    }

    public List<RunRecord> runs(String id) {
        return em.createQuery("SELECT h FROM RunRecord h WHERE h.id.taskId = :id ORDER BY h.id.run", RunRecord.class)
                .setParameter("id", id)
                .getResultList();
    }

    public List<TaskInfo.LogLine> log(String id) {
        return em.createQuery("SELECT l FROM LogRecord l WHERE l.taskId = :id ORDER BY l.run, l.line", LogRecord.class)
                .setParameter("id", id)
                .getResultStream()
                .map(line -> new TaskInfo.LogLine(line.run, Infos.instant(line.at), line.message))
                .toList();
    }

    /** Who did what to a task, from its being sent. */
    public List<TaskInfo.Audit> audit(Row row) {
        TaskRecord task = row.record();
        List<TaskInfo.Audit> audit = new ArrayList<>();
        audit.add(new TaskInfo.Audit(Infos.instant(task.createdAt), task.sentBy, AuditAction.SEND));
        em.createQuery("SELECT a FROM AuditRecord a WHERE a.taskId = :id ORDER BY a.at, a.id", AuditRecord.class)
                .setParameter("id", task.id)
                .getResultStream()
                .map(record -> new TaskInfo.Audit(Infos.instant(record.at), record.who, record.action))
                .forEach(audit::add);
        return audit;
    }

    /** Which tasks a node was running in a transaction when it went down: what is left in the table of runs that last. */
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
