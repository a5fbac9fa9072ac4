package dev.errand.store.view;

import dev.errand.api.TaskState;
import dev.errand.store.Names;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The numbers of tasks. Always in the caller's transaction; locks nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskFigures {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /** The unfinished records of a queue in one state. */
    public record Count(String queue, TaskState state, long all, long due) {}

    /** Counts the unfinished records, by queue and state. */
    public List<Count> counts(long now) {
        return counts("", now, Map.of());
    }

    /** Counts the unfinished records of a queue, by state. */
    public List<Count> counts(String queue, long now) {
        return Names.possible(queue) ? counts(" AND r.queue = :queue", now, Map.of("queue", queue)) : List.of();
    }

    private List<Count> counts(String condition, long now, Map<String, String> values) {
        TypedQuery<Object[]> query = em.createQuery(
                        "SELECT r.queue, r.state, COUNT(r), SUM(CASE WHEN r.dueAt <= :now THEN 1 ELSE 0 END)"
                                + " FROM TaskRecord r WHERE r.state IN :states" + condition
                                + " GROUP BY r.queue, r.state",
                        Object[].class)
                .setParameter("now", now)
                .setParameter("states", List.of(TaskState.PENDING, TaskState.RETRY, TaskState.STARTED));
        values.forEach(query::setParameter);
        return query.getResultStream()
                .map(row -> new Count(
                        (String) row[0],
                        (TaskState) row[1],
                        ((Number) row[2]).longValue(),
                        ((Number) row[3]).longValue()))
                .toList();
    }

    /** Counts the long transactional runs, by queue. */
    public Map<String, Long> runningByQueue() {
        return lasting("r.queue")
                .collect(Collectors.toMap(row -> (String) row[0], row -> ((Number) row[1]).longValue()));
    }

    /** Counts the records in each state; a long transactional run is STARTED. */
    public Map<TaskState, Long> counts() {
        Map<TaskState, Long> counts = new EnumMap<>(TaskState.class);
        for (TaskState state : TaskState.values()) {
            counts.put(state, 0L);
        }
        em.createQuery("SELECT r.state, COUNT(r) FROM TaskRecord r GROUP BY r.state", Object[].class)
                .getResultStream()
                .forEach(row -> counts.put((TaskState) row[0], ((Number) row[1]).longValue()));
        lasting("r.state").forEach(row -> {
            long lasting = ((Number) row[1]).longValue();
            counts.merge((TaskState) row[0], -lasting, Long::sum);
            counts.merge(TaskState.STARTED, lasting, Long::sum);
        });
        return counts;
    }

    private Stream<Object[]> lasting(String by) {
        return em.createQuery(
                        "SELECT " + by + ", COUNT(r) FROM RunningRecord g, TaskRecord r WHERE r.id = g.taskId"
                                + " AND r.run = g.run AND r.state IN :states GROUP BY " + by,
                        Object[].class)
                .setParameter("states", List.of(TaskState.PENDING, TaskState.RETRY))
                .getResultStream();
    }
}
