package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.TaskState;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Tasks that expire while they wait: for their eta, their retry, their queue to be resumed or their handler to be
 * deployed, or for other steps of their workflow. An index of its own finds them, because none of these waits ends at the moment of the expiry. Always in the
 * caller's transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ExpiredRecords {
    /** The states of a task that waits. */
    private static final List<TaskState> WAITING =
            List.of(TaskState.PENDING, TaskState.RETRY, TaskState.PARKED, TaskState.WAITING);

    private static final String BY_EXPIRY = " ORDER BY t.state, t.expires_at";

    private static final String FIRST = WAITING.stream()
            .map(state -> "(SELECT t.expires_at FROM errand_task t WHERE t.state = '" + state + "' AND t.expires_at > ?"
                    + BY_EXPIRY + " LIMIT 1)")
            .collect(Collectors.joining(", ", "SELECT ", ""));

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    /** Finds the first expiry of a waiting task after the given time, in milliseconds. */
    public OptionalLong firstAfter(long after) {
        return jdbc.read(
                        FIRST,
                        ExpiredRecords::earliest,
                        Collections.nCopies(WAITING.size(), after).toArray())
                .get(0);
    }

    private static OptionalLong earliest(ResultSet row) throws SQLException {
        List<Object> found = new ArrayList<>();
        for (int i = 1; i <= WAITING.size(); i++) {
            found.add(row.getObject(i));
        }
        return found.stream()
                .filter(Objects::nonNull)
                .mapToLong(time -> ((Number) time).longValue())
                .min();
    }

    /**
     * Locks tasks that have expired while they wait. A task that is already locked runs or is being changed, so it is
     * skipped.
     */
    @SuppressWarnings("unchecked")
    public List<TaskRecord> lock(long now, int limit) {
        return WAITING.stream()
                .flatMap(state -> ((List<TaskRecord>) em.createNativeQuery(
                                        "SELECT * FROM errand_task t WHERE t.state = ?1 AND t.expires_at <= ?2"
                                                + jdbc.dialect().unlessH2(BY_EXPIRY) + " LIMIT " + limit
                                                + " FOR UPDATE SKIP LOCKED",
                                        TaskRecord.class)
                                .setParameter(1, state.name())
                                .setParameter(2, now)
                                .setHint("eclipselink.maintain-cache", false)
                                .getResultList())
                        .stream())
                .toList();
    }

    /**
     * Locks tasks that have been PARKED since before the given time. A task that is already locked is being changed, so it is
     * skipped. The condition on the time of creation is for the index.
     */
    @SuppressWarnings("unchecked")
    public List<TaskRecord> lockParked(long before, int limit) {
        return em.createNativeQuery(
                        "SELECT * FROM errand_task t WHERE t.state = 'PARKED' AND t.created_at <= ?1"
                                + " AND COALESCE(t.parked_at, t.created_at) <= ?1"
                                + jdbc.dialect().oldest() + " LIMIT "
                                + limit + " FOR UPDATE SKIP LOCKED",
                        TaskRecord.class)
                .setParameter(1, before)
                .setHint("eclipselink.maintain-cache", false)
                .getResultList();
    }

    /** Makes a locked record REVOKED, and writes into its audit that the cause was the time, not a user. */
    public void expire(TaskRecord locked, long now) {
        transitions.revoke(locked, now);
        em.persist(AuditRecord.ofTask(locked.id, AuditAction.EXPIRE, null, now));
    }
}
