package dev.errand.store;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The queries of users. Always in the caller's transaction; locks nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskQueries {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    /** The largest number of tasks to read for a filter that no index supports. */
    int mostRead = ListWalk.MOST_READ;

    /** A record, and the row of its run if that is a long transactional run. */
    public record Row(TaskRecord record, RunningRecord running) {
        boolean runs() {
            return running != null || record.state == TaskState.STARTED;
        }

        /** Returns whether the last run is in this row, and not in the history: not yet, or no longer. */
        boolean started() {
            return running != null
                    || record.startedAt != null && (record.state.over() || record.state == TaskState.STARTED);
        }
    }

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

    /**
     * Lists tasks, newest first, with the columns that a list shows; the database cuts long texts ({@link ListSql}). A
     * page reads a bounded number of tasks, however many there are. So it may have fewer tasks than the limit, or none,
     * and still have a next page.
     */
    public ListPage list(TaskFilter filter, Cursor cursor) {
        if (filter.task() != null && !Names.possible(filter.task())
                || filter.queue() != null && !Names.possible(filter.queue())) {
            return new ListPage(List.of(), null);
        }
        ListSql.Found found = new ListSql(jdbc).read(filter, cursor, lasting(filter), mostRead);
        List<Row> rows = rows(found.records()).stream()
                .filter(row -> filter.state() != TaskState.STARTED || row.runs())
                .toList();
        return ListPage.of(rows, filter.limit(), found.end());
    }

    private List<String> lasting(TaskFilter filter) {
        if (filter.state() != TaskState.STARTED) {
            return List.of();
        }
        return em.createQuery("SELECT g.taskId FROM RunningRecord g", String.class)
                .getResultList();
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
