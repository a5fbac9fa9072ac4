package dev.errand.store;

import dev.errand.api.TaskInfo.Progress;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@link TaskRecords} does for one run, for many at once. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class BundleRecords {
    @PersistenceContext(unitName = "errand")
    EntityManager em;

    private DueSql sql;

    /** A run that went well. @param result as JSON, or null */
    public record Success(Ended ended, String result) {}

    /** Claims records: as {@link TaskRecords#claim}. @return those that are ours, by id; their run is for the caller to look at */
    public Map<String, TaskRecord> claim(List<String> ids) {
        int parameters = parameters(ids.size());
        Query query = em.createNativeQuery(
                        "SELECT * FROM " + sql().tableById() + " WHERE t.id IN ("
                                + String.join(", ", Collections.nCopies(parameters, "?")) + ")" + TaskRecords.CLAIMABLE,
                        TaskRecord.class)
                .setHint("eclipselink.maintain-cache", false);
        for (int i = 0; i < parameters; i++) {
            query.setParameter(i + 1, ids.get(Math.min(i, ids.size() - 1)));
        }
        Map<String, TaskRecord> claimed = new HashMap<>();
        for (Object record : query.getResultList()) {
            claimed.put(((TaskRecord) record).id, (TaskRecord) record);
        }
        return claimed;
    }

    /** A power of two, so that few statements do for all and stay prepared; the last id fills up. */
    private static int parameters(int ids) {
        return ids == 1 ? 1 : Integer.highestOneBit(ids - 1) * 2;
    }

    private DueSql sql() {
        if (sql == null) {
            sql = new DueSql(em);
        }
        return sql;
    }

    /** SUCCESS for runs that this transaction has claimed. @throws IllegalStateException if one is not: roll back */
    public void succeed(List<Success> successes) {
        Connection connection = em.unwrap(Connection.class);
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE errand_task SET state = 'SUCCESS', wake_at = NULL, live_key = NULL, result = ?, node = ?,"
                        + " started_at = ?, finished_at = ?, error_type = NULL, error_message = NULL, error_trace = NULL,"
                        + " progress_done = ?, progress_total = ?, progress_message = ?"
                        + " WHERE id = ? AND run = ? AND state IN ('PENDING', 'RETRY')")) {
            for (Success success : successes) {
                bind(update, success);
                update.addBatch();
            }
            for (int changed : update.executeBatch()) {
                if (changed == 0) {
                    throw new IllegalStateException("A run that was claimed is no longer its record's.");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement update, Success success) throws SQLException {
        Ended ended = success.ended();
        Progress progress = ended.progress();
        update.setString(1, success.result());
        update.setString(2, ended.node());
        update.setLong(3, ended.startedAt());
        update.setLong(4, ended.finishedAt());
        update.setObject(5, progress == null ? null : progress.done(), Types.BIGINT);
        update.setObject(6, progress == null ? null : progress.total(), Types.BIGINT);
        update.setString(7, progress == null ? null : ErrorText.clean(progress.message(), 1_000));
        update.setString(8, ended.id());
        update.setInt(9, ended.run());
    }
}
