package dev.errand.store;

import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Locks waiting records for their runs. Uses JDBC, because a unit of work of JPA costs more than these statements.
 * Always in the caller's transaction, on the connection that JPA has in it. Not an EJB, for the same reason.
 * Thread-safe.
 */
@ApplicationScoped
public class TaskLocks {
    private static final int REVOKED = TaskRow.COUNT + 1;
    private static final String SELECT = "SELECT " + TaskRow.COLUMNS
            + ", EXISTS (SELECT 1 FROM errand_revocation v WHERE v.task_id = t.id) AS revoked FROM ";
    private static final String LOCK = " FOR UPDATE SKIP LOCKED";

    /** The claim of a waiting record that no other transaction has locked, unless its queue is paused. */
    private static final String CLAIM = SELECT
            + "errand_task t WHERE t.id = ? AND t.run = ? AND t.state IN ('PENDING', 'RETRY')"
            + " AND NOT EXISTS (SELECT 1 FROM errand_queue q WHERE q.name = t.queue AND q.paused = TRUE)" + LOCK;

    private static final String PAUSED = "SELECT name FROM errand_queue WHERE name = ? AND paused = TRUE";

    @Inject
    Jdbc jdbc;

    @Inject
    DueFinder finder;

    /**
     * A record that this transaction has locked.
     *
     * @param revoked whether a user has asked for it not to run
     */
    public record Locked(TaskRecord record, boolean revoked) {}

    /**
     * Claims a run: until the end of the transaction, no other node can take it. Returns empty if another node has or
     * had it, if its queue is paused, or if it was revoked.
     */
    public Optional<TaskRecord> claim(String id, int run) {
        return jdbc.read(CLAIM, TaskLocks::locked, id, run).stream()
                .filter(locked -> !locked.revoked)
                .map(Locked::record)
                .findFirst();
    }

    /**
     * Returns whether a queue is paused. The committed state counts, even if this transaction has read an earlier one.
     */
    public boolean isPaused(String queue) {
        return !jdbc.read(PAUSED, row -> row.getString(1), queue).isEmpty();
    }

    /** Finds the queues with due tasks, highest priority first. */
    public List<Turn> due(long now) {
        return finder.look(now, false).turns();
    }

    /** Locks due tasks; see {@link DueLock}. */
    public List<Locked> lockDue(Turn turn, long now, int room) {
        return new DueLock(jdbc.dialect(), finder, SELECT)
                .lock(
                        turn,
                        now,
                        room,
                        (sql, values) -> jdbc.read(sql, TaskLocks::locked, values),
                        locked -> locked.record().queue);
    }

    private static Locked locked(ResultSet row) throws SQLException {
        return new Locked(TaskRow.read(row), row.getBoolean(REVOKED));
    }
}
