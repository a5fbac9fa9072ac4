package dev.errand.store.view;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import dev.errand.store.Names;
import dev.errand.store.RunningRecord;
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

    /** A task, and the row of its run if that is a long transactional run. */
    public record Row(TaskSnapshot task, RunningRecord running) {
        boolean runs() {
            return running != null || task.state() == TaskState.STARTED;
        }

        /** Returns whether the last run is in this row, and not in the history: not yet, or no longer. */
        boolean started() {
            return running != null
                    || task.startedAt() != null && (task.state().finished() || task.state() == TaskState.STARTED);
        }
    }

    public Optional<Row> find(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return rows(jdbc.read(TaskSnapshot.WHOLE + " WHERE t.id = ?", TaskSnapshot::whole, id)).stream()
                .findFirst();
    }

    /**
     * Lists tasks, newest first, with the columns that a list shows; the database cuts long texts ({@link ListSql}). A
     * page reads a bounded number of tasks, however many there are. So it may have fewer tasks than the limit, or none,
     * and still have a next page.
     */
    public ListPage list(TaskFilter filter, PageCursor cursor) {
        if (!new ListConditions(filter).possible()) {
            return new ListPage(List.of(), null);
        }
        ListSql.Found found = new ListSql(jdbc).read(filter, cursor, lasting(filter), mostRead);
        List<Row> rows = rows(found.tasks()).stream()
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

    private List<Row> rows(List<TaskSnapshot> tasks) {
        List<String> ids = tasks.stream()
                .filter(task -> task.state() == TaskState.PENDING || task.state() == TaskState.RETRY)
                .map(TaskSnapshot::id)
                .toList();
        Map<String, RunningRecord> running = running(ids);
        return tasks.stream()
                .map(task -> new Row(task, sameRun(task, running.get(task.id()))))
                .toList();
    }

    private static RunningRecord sameRun(TaskSnapshot task, RunningRecord running) {
        return running != null && running.run() == task.run() ? running : null;
    }

    private Map<String, RunningRecord> running(Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return em.createQuery("SELECT g FROM RunningRecord g WHERE g.taskId IN :ids", RunningRecord.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(RunningRecord::taskId, Function.identity()));
    }
}
