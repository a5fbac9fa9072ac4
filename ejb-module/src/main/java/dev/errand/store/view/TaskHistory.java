package dev.errand.store.view;

import dev.errand.api.AuditAction;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskInfo.Audit;
import dev.errand.api.TaskInfo.LogLine;
import dev.errand.api.TaskInfo.Run;
import dev.errand.store.AuditRecord;
import dev.errand.store.LogRecord;
import dev.errand.store.RunRecord;
import dev.errand.store.view.TaskQueries.Row;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runs, log lines and audit of a task, in pages. Always in the caller's transaction; locks nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TaskHistory {
    /** The number of characters of messages and traces in one page: a trace may have a megabyte. */
    static final int MAX_CHARS = 2 << 20;

    private static final int MAX_AUDIT = 1_000;
    private static final int FIXED_CHARS = 200;
    private static final Pattern RUNS_CURSOR = Pattern.compile("(\\d{1,9})");
    private static final Pattern LOG_CURSOR = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    @PersistenceContext(unitName = "errand")
    EntityManager em;

    /**
     * A part of a task's history, oldest first.
     *
     * @param last whether the last run, which is in the task's own row, belongs to it
     * @param runsNext the cursor of older runs; null if there are none
     * @param logNext the cursor of older lines; null if there are none
     */
    public record Part(
            List<Run> runs, boolean last, String runsNext, List<LogLine> log, String logNext, List<Audit> audit) {
        static final Part NONE = new Part(List.of(), false, null, List.of(), null, List.of());
    }

    /**
     * Reads a part of the history.
     *
     * @throws InvalidValueException if a cursor is malformed
     */
    public Part of(Row row, HistoryPage page) {
        String id = row.task().id();
        boolean last = page.runsCursor() == null && page.runs() > 0 && row.started();
        int before = page.runsCursor() == null
                ? row.task().run() + 1
                : (int) number("runsCursor", RUNS_CURSOR, page.runsCursor(), 1);
        List<Run> runs = new ArrayList<>();
        String runsNext = page.runs() == 0 ? null : runs(id, page.runs() - (last ? 1 : 0), before, runs);
        List<LogLine> log = new ArrayList<>();
        String logNext = page.log() == 0 ? null : log(id, page.log(), page.logCursor(), log);
        return new Part(runs, last, runsNext, log, logNext, audit(row));
    }

    private String runs(String id, int limit, int before, List<Run> to) {
        List<Object[]> sizes = em.createQuery(
                        "SELECT h.id.run, LENGTH(h.errorMessage), LENGTH(h.errorTrace) FROM RunRecord h"
                                + " WHERE h.id.taskId = :id AND h.id.run < :before ORDER BY h.id.run DESC",
                        Object[].class)
                .setParameter("id", id)
                .setParameter("before", before)
                .setMaxResults(limit + 1)
                .getResultList();
        int fit = fit(sizes, limit);
        int oldest = fit == 0 ? before : ((Number) sizes.get(fit - 1)[0]).intValue();
        em.createQuery(
                        "SELECT h FROM RunRecord h WHERE h.id.taskId = :id AND h.id.run < :before AND h.id.run >= :oldest"
                                + " ORDER BY h.id.run",
                        RunRecord.class)
                .setParameter("id", id)
                .setParameter("before", before)
                .setParameter("oldest", oldest)
                .getResultStream()
                .map(RunRecord::info)
                .forEach(to::add);
        return fit == sizes.size() ? null : String.valueOf(oldest);
    }

    private static int fit(List<Object[]> sizes, int limit) {
        int fit = 0;
        long chars = 0;
        while (fit < Math.min(limit, sizes.size())) {
            chars += FIXED_CHARS + length(sizes.get(fit)[1]) + length(sizes.get(fit)[2]);
            if (fit > 0 && chars > MAX_CHARS) {
                break;
            }
            fit++;
        }
        return fit;
    }

    private static long length(Object length) {
        return length == null ? 0 : ((Number) length).longValue();
    }

    private String log(String id, int limit, String cursor, List<LogLine> to) {
        long run = cursor == null ? Integer.MAX_VALUE : number("logCursor", LOG_CURSOR, cursor, 1);
        long line = cursor == null ? Long.MAX_VALUE : number("logCursor", LOG_CURSOR, cursor, 2);
        List<LogRecord> newest = em.createQuery(
                        "SELECT l FROM LogRecord l WHERE l.taskId = :id AND l.run <= :run"
                                + " AND (l.run < :run OR l.line < :line) ORDER BY l.run DESC, l.line DESC",
                        LogRecord.class)
                .setParameter("id", id)
                .setParameter("run", (int) run)
                .setParameter("line", line)
                .setMaxResults(limit + 1)
                .getResultList();
        List<LogRecord> page = newest.subList(0, Math.min(limit, newest.size()));
        page.forEach(one -> to.add(one.info()));
        Collections.reverse(to);
        if (newest.size() <= limit) {
            return null;
        }
        LogRecord oldest = page.get(limit - 1);
        return oldest.info().run() + "-" + oldest.line();
    }

    private static long number(String name, Pattern form, String text, int group) {
        Matcher cursor = form.matcher(text);
        if (!cursor.matches()) {
            throw new InvalidValueException(
                    name,
                    "The " + name + " \"" + text
                            + "\" is malformed. Use the one in the answer before, or leave it out.");
        }
        return Long.parseLong(cursor.group(group));
    }

    /** Returns the audit of a task: its sending, and the newest actions of users since. */
    private List<Audit> audit(Row row) {
        TaskSnapshot task = row.task();
        List<Audit> audit = new ArrayList<>();
        em.createQuery(
                        "SELECT a FROM AuditRecord a WHERE a.taskId = :id ORDER BY a.at DESC, a.id DESC",
                        AuditRecord.class)
                .setParameter("id", task.id())
                .setMaxResults(MAX_AUDIT)
                .getResultStream()
                .map(AuditRecord::info)
                .forEach(audit::add);
        audit.add(new Audit(Instant.ofEpochMilli(task.createdAt()), task.sentBy(), AuditAction.SEND));
        Collections.reverse(audit);
        return audit;
    }
}
