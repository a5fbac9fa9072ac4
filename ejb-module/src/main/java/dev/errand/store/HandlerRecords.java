package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.HandlerHold;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The task names that are paused, by an administrator or by their fuse. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HandlerRecords {
    private static final String SELECT =
            "SELECT task, paused, paused_by, paused_at, fuse_at, fuse_error, probe_at, probe FROM errand_handler WHERE ";

    private static final String NO_FUSE = "fuse_at = NULL, fuse_error = NULL, probe_at = NULL, probe = NULL";

    private static final int ERROR_CHARS = 255;

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    /**
     * A name whose tasks wait.
     *
     * @param fuseAt the time at which its fuse has blown, in milliseconds; null if it has not
     * @param probeAt the time at which a task tries again, in milliseconds
     * @param probe the id of the task that tries, or null
     */
    public record Hold(
            String task,
            boolean paused,
            String pausedBy,
            Long pausedAt,
            Long fuseAt,
            String fuseError,
            Long probeAt,
            String probe) {
        /** Returns whether a task of the name waits. */
        public boolean holds(String id) {
            return paused || fuseAt != null && !id.equals(probe);
        }

        /** Returns whether it is time for a task to try whether the fuse can close. */
        public boolean probeDue(long now) {
            return !paused && fuseAt != null && probeAt != null && probeAt <= now;
        }

        public HandlerHold info() {
            return new HandlerHold(
                    task,
                    paused,
                    pausedBy,
                    Millis.instant(pausedAt),
                    fuseAt == null
                            ? null
                            : new HandlerHold.Blown(fuseError, Millis.instant(fuseAt), Millis.instant(probeAt)));
        }
    }

    /** Returns the names whose tasks wait. */
    public List<Hold> holds() {
        return jdbc.read(SELECT + "paused = TRUE OR fuse_at IS NOT NULL ORDER BY task", HandlerRecords::hold);
    }

    /** Returns the state of a name; empty if no handler of that name was ever deployed. */
    public Optional<Hold> find(String task) {
        return Names.possible(task)
                ? jdbc.read(SELECT + "task = ?", HandlerRecords::hold, task).stream()
                        .findFirst()
                : Optional.empty();
    }

    private static Hold hold(ResultSet row) throws SQLException {
        return new Hold(
                row.getString(1),
                row.getBoolean(2),
                row.getString(3),
                time(row, 4),
                time(row, 5),
                row.getString(6),
                time(row, 7),
                row.getString(8));
    }

    private static Long time(ResultSet row, int column) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() ? null : time;
    }

    /** Returns the applications that have the task, or had it while some of its waiting tasks are still theirs. */
    public List<String> applications(String task) {
        return jdbc
                .read(
                        "SELECT application, moved_from FROM errand_handler WHERE task = ?",
                        row -> (row.getString(1) + " " + (row.getString(2) == null ? "" : row.getString(2))).trim(),
                        task)
                .stream()
                .flatMap(names -> List.of(names.split(" ")).stream())
                .toList();
    }

    /**
     * Pauses a name, and records the user in the audit.
     *
     * @return false if that changed nothing
     */
    public boolean pause(String task, String by, long now) {
        boolean changed = jdbc.update(
                        "UPDATE errand_handler SET paused = TRUE, paused_by = ?, paused_at = ?"
                                + " WHERE task = ? AND paused = FALSE",
                        by,
                        now,
                        task)
                == 1;
        return changed && audited(task, AuditAction.PAUSE, by, now);
    }

    /**
     * Resumes a name, whether an administrator or its fuse has paused it, and records the user in the audit.
     *
     * @return false if that changed nothing
     */
    public boolean resume(String task, String by, long now) {
        boolean changed = jdbc.update(
                        "UPDATE errand_handler SET paused = FALSE, paused_by = NULL, paused_at = NULL, " + NO_FUSE
                                + " WHERE task = ? AND (paused = TRUE OR fuse_at IS NOT NULL)",
                        task)
                == 1;
        forgetFailures(task);
        return changed && audited(task, AuditAction.RESUME, by, now);
    }

    private boolean audited(String task, AuditAction action, String by, long now) {
        em.persist(AuditRecord.ofHandler(task, action, by, now));
        return true;
    }

    private void forgetFailures(String task) {
        jdbc.update("DELETE FROM errand_fuse_failure WHERE task = ?", task);
    }

    /**
     * Records a failure of a task with a fuse.
     *
     * @param since the time from which failures count
     * @return the number of failures of that kind since then, with this one
     */
    public long failed(String task, String error, long now, long since) {
        String kind = ErrorText.clean(error, ERROR_CHARS);
        jdbc.update("DELETE FROM errand_fuse_failure WHERE task = ? AND error_type = ? AND at < ?", task, kind, since);
        jdbc.update(
                "INSERT INTO errand_fuse_failure (id, task, error_type, at) VALUES (?, ?, ?, ?)",
                UUID.randomUUID().toString(),
                task,
                kind,
                now);
        return jdbc.read(
                        "SELECT COUNT(*) FROM errand_fuse_failure WHERE task = ? AND error_type = ? AND at >= ?",
                        row -> row.getLong(1),
                        task,
                        kind,
                        since)
                .get(0);
    }

    /**
     * Lets a fuse blow.
     *
     * @return false if it has blown already
     */
    public boolean blow(String task, String error, long now, long probeAt) {
        boolean changed = jdbc.update(
                        "UPDATE errand_handler SET fuse_at = ?, fuse_error = ?, probe_at = ?, probe = NULL"
                                + " WHERE task = ? AND fuse_at IS NULL",
                        now,
                        ErrorText.clean(error, ERROR_CHARS),
                        probeAt,
                        task)
                == 1;
        forgetFailures(task);
        return changed && audited(task, AuditAction.PAUSE, null, now);
    }

    /**
     * Makes a task the probe of a blown fuse, unless another node was faster.
     *
     * @param before the last time of a probe
     * @param next the time of the next probe
     */
    public boolean probe(String task, long before, String id, long next) {
        return jdbc.update(
                        "UPDATE errand_handler SET probe = ?, probe_at = ?"
                                + " WHERE task = ? AND fuse_at IS NOT NULL AND paused = FALSE AND probe_at = ?",
                        id,
                        next,
                        task,
                        before)
                == 1;
    }

    /** Notes that the probe has failed: the task waits with the others for the next probe. */
    public boolean probeFailed(String task, String id, long next) {
        return jdbc.update(
                        "UPDATE errand_handler SET probe = NULL, probe_at = ? WHERE task = ? AND probe = ?",
                        next,
                        task,
                        id)
                == 1;
    }

    /**
     * Closes a fuse, because its probe has succeeded.
     *
     * @return false if the task is no probe
     */
    public boolean close(String task, String id, long now) {
        boolean changed =
                jdbc.update("UPDATE errand_handler SET " + NO_FUSE + " WHERE task = ? AND probe = ?", task, id) == 1;
        return changed && audited(task, AuditAction.RESUME, null, now);
    }
}
