package dev.errand.store;

import dev.errand.api.AuditAction;
import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.ScheduleInfo.Origin;
import dev.errand.api.TaskState;
import dev.errand.store.ScheduleRow.Course;
import dev.errand.store.ScheduleRow.Pause;
import dev.errand.store.ScheduleRow.Terms;
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
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The table of the schedules. Always in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class ScheduleRecords {
    private static final String COLUMNS = "name, origin, application, task, cron, every_seconds, zone, argument, queue,"
            + " priority, misfire, overlap, valid_from, valid_until, jitter, paused, paused_by, paused_at, next_at,"
            + " wake_at, last_at, last_task, skipped, skipped_at, version";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM errand_schedule";

    private static final String INSERT = "INSERT INTO errand_schedule (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SAVE = "UPDATE errand_schedule SET origin = ?, application = ?, task = ?, cron = ?,"
            + " every_seconds = ?, zone = ?, argument = ?, queue = ?, priority = ?, misfire = ?, overlap = ?,"
            + " valid_from = ?, valid_until = ?, jitter = ?, paused = ?, paused_by = ?, paused_at = ?, next_at = ?,"
            + " wake_at = ?, last_at = ?, last_task = ?, skipped = ?, skipped_at = ?, version = version + 1"
            + " WHERE name = ? AND version = ?";

    private static final String MOVE =
            "UPDATE errand_schedule SET next_at = ?, wake_at = ?, last_at = ?, last_task = ?,"
                    + " skipped = ?, skipped_at = ?, version = version + 1 WHERE name = ? AND version = ? AND next_at = ?";

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    @Inject
    Jdbc jdbc;

    /** Returns the schedules by name. */
    public List<ScheduleRow> all() {
        return jdbc.read(SELECT + " ORDER BY name", ScheduleRecords::row);
    }

    public Optional<ScheduleRow> find(String name) {
        return Names.possible(name)
                ? jdbc.read(SELECT + " WHERE name = ?", ScheduleRecords::row, name).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Finds a schedule, and keeps other transactions from changing or firing it. */
    public Optional<ScheduleRow> lock(String name) {
        return Names.possible(name)
                ? jdbc.read(SELECT + " WHERE name = ? FOR UPDATE", ScheduleRecords::row, name).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** Returns the schedules from the code of an application, by name. */
    public List<ScheduleRow> ofCode(String application) {
        return jdbc.read(
                SELECT + " WHERE origin = 'CODE' AND application = ? ORDER BY name", ScheduleRecords::row, application);
    }

    /**
     * Locks schedules that a node must look at. One that another transaction has locked is skipped: another node looks at it.
     */
    public List<ScheduleRow> lockDue(long now, int limit) {
        return jdbc.read(
                SELECT + " WHERE wake_at <= ?" + jdbc.dialect().unlessH2(" ORDER BY wake_at")
                        + " LIMIT ? FOR UPDATE SKIP LOCKED",
                ScheduleRecords::row,
                now,
                limit);
    }

    /** Returns the time of the first look, in milliseconds. */
    public OptionalLong firstWake() {
        Long first = jdbc.read("SELECT MIN(wake_at) FROM errand_schedule", row -> row.getObject(1, Long.class))
                .get(0);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** @return false if a schedule has that name */
    public boolean insert(ScheduleRow row) {
        List<Object> values = values(row);
        values.add(0, row.name());
        values.add(0);
        return jdbc.insertNew(INSERT, values.toArray());
    }

    /**
     * Writes a changed row.
     *
     * @return false if another transaction has changed it since it was read
     */
    public boolean save(ScheduleRow row) {
        List<Object> values = values(row);
        values.add(row.name());
        values.add(row.version());
        return jdbc.update(SAVE, values.toArray()) == 1;
    }

    /** Returns what a user and the course of time change, in the order of both statements. */
    private static List<Object> values(ScheduleRow row) {
        return new ArrayList<>(Arrays.asList(
                row.origin().name(),
                row.application(),
                row.terms().task(),
                row.terms().cron(),
                row.terms().everySeconds(),
                row.terms().zone(),
                row.terms().argument(),
                row.terms().queue(),
                row.terms().priority(),
                row.terms().misfire().name(),
                row.terms().overlap().name(),
                row.terms().from(),
                row.terms().until(),
                row.terms().jitter(),
                row.pause() != null,
                by(row.pause()),
                at(row.pause()),
                row.course().nextAt(),
                row.course().wakeAt(),
                row.course().lastAt(),
                row.course().lastTask(),
                row.course().skipped(),
                row.course().skippedAt()));
    }

    /**
     * Moves a schedule on from its next instant.
     *
     * @param read the row as it was read
     * @return false if another transaction has moved or changed it since
     */
    public boolean move(ScheduleRow read, Course course) {
        return jdbc.update(
                        MOVE,
                        course.nextAt(),
                        course.wakeAt(),
                        course.lastAt(),
                        course.lastTask(),
                        course.skipped(),
                        course.skippedAt(),
                        read.name(),
                        read.version(),
                        read.course().nextAt())
                == 1;
    }

    /** Looks again at a schedule later. */
    public void wakeLater(ScheduleRow locked, long at) {
        jdbc.update("UPDATE errand_schedule SET wake_at = ? WHERE name = ?", at, locked.name());
    }

    public void delete(String name) {
        jdbc.update("DELETE FROM errand_schedule WHERE name = ?", name);
    }

    /** Records an action of a user. */
    public void audit(String name, String taskId, AuditAction action, String by, long now) {
        em.persist(AuditRecord.ofSchedule(name, taskId, action, by, now));
    }

    /** Returns the states of those of these tasks that exist. */
    public Map<String, TaskState> states(Collection<String> ids) {
        Map<String, TaskState> states = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.read(
                            "SELECT id, state FROM errand_task WHERE id IN ("
                                    + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")",
                            row -> Map.entry(row.getString(1), TaskState.valueOf(row.getString(2))),
                            ids.toArray())
                    .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        }
        return states;
    }

    /** Returns the paused queues. */
    public Set<String> pausedQueues() {
        return Set.copyOf(jdbc.read("SELECT name FROM errand_queue WHERE paused = TRUE", row -> row.getString(1)));
    }

    /**
     * The schedules that the code of an application has, each set of them as a hash.
     *
     * @param applied those of the table; '' for none
     * @param earlier those that were in the table before, oldest first
     */
    public record Code(String applied, List<String> earlier) {}

    /** Returns the schedules of an application's code, and keeps other transactions from changing them. */
    public Code lockCode(String application) {
        jdbc.insertNew(
                "INSERT INTO errand_schedule_code (application, applied, earlier) VALUES (?, '', '')", application);
        return jdbc.read(
                        "SELECT applied, earlier FROM errand_schedule_code WHERE application = ? FOR UPDATE",
                        row -> new Code(
                                row.getString(1),
                                row.getString(2).isEmpty()
                                        ? List.of()
                                        : List.of(row.getString(2).split(" "))),
                        application)
                .get(0);
    }

    public void saveCode(String application, Code code) {
        jdbc.update(
                "UPDATE errand_schedule_code SET applied = ?, earlier = ? WHERE application = ?",
                code.applied(),
                String.join(" ", code.earlier()),
                application);
    }

    /** Notes which schedules the code of a node has. */
    public void nodeHas(String node, String hash) {
        jdbc.update("UPDATE errand_node SET schedules = ? WHERE node = ? AND schedules <> ?", hash, node, hash);
    }

    /** Returns the nodes of an application whose code has these schedules and that were seen since a time. */
    public List<String> nodesWith(String application, String hash, long seenSince) {
        return jdbc.read(
                "SELECT node FROM errand_node WHERE application = ? AND schedules = ? AND seen_at > ? AND started_at > 0"
                        + " ORDER BY node",
                row -> row.getString(1),
                application,
                hash,
                seenSince);
    }

    private static String by(Pause pause) {
        return pause == null ? null : pause.by();
    }

    private static Long at(Pause pause) {
        return pause == null ? null : pause.at();
    }

    private static ScheduleRow row(ResultSet row) throws SQLException {
        return new ScheduleRow(
                row.getString(1),
                Origin.valueOf(row.getString(2)),
                row.getString(3),
                new Terms(
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, Long.class),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getObject(10, Integer.class),
                        Misfire.valueOf(row.getString(11)),
                        Overlap.valueOf(row.getString(12)),
                        row.getObject(13, Long.class),
                        row.getObject(14, Long.class),
                        row.getObject(15, Long.class)),
                row.getBoolean(16) ? new Pause(row.getString(17), row.getLong(18)) : null,
                new Course(
                        row.getObject(19, Long.class),
                        row.getObject(20, Long.class),
                        row.getObject(21, Long.class),
                        row.getString(22),
                        row.getLong(23),
                        row.getObject(24, Long.class)),
                row.getInt(25));
    }
}
