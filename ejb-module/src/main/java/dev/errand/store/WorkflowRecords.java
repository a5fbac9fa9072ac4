package dev.errand.store;

import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The rows of workflows, and of their steps next to the tasks. Always in the caller's transaction. Thread-safe. */
@ApplicationScoped
public class WorkflowRecords {
    private static final String STEP = "INSERT INTO errand_step (task_id, workflow, step, member_of, place, continues,"
            + " input, delay) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String STEPS = "INSERT INTO errand_step (task_id, workflow, step, member_of, place, continues,"
            + " input, delay) SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::boolean[],"
            + " ?::text[], ?::bigint[])";

    private static final String AFTER =
            "INSERT INTO errand_step_after (successor, predecessor, workflow) VALUES (?, ?, ?)";

    private static final String AFTERS = "INSERT INTO errand_step_after (successor, predecessor, workflow)"
            + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[])";

    /** The number of rows in one INSERT. */
    private static final int CHUNK = 1_000;

    @Inject
    Jdbc jdbc;

    /**
     * A task in a workflow.
     *
     * @param key the name by which others wait for it; '' for the step for failures
     * @param place -1 for the first one, -2 for the next
     * @param continues whether others run although it has failed
     * @param input see {@link StepInputs#argument}; null for none
     * @param delay its countdown in milliseconds; null for none
     */
    public record Step(
            String taskId,
            String workflow,
            String step,
            String key,
            int place,
            boolean continues,
            String input,
            Long delay) {}

    /** A step and the name of a step or group for which it waits. */
    public record After(String successor, String predecessor, String workflow) {}

    /**
     * The state of a workflow's row.
     *
     * @param finishedAt 0 if a step is not finished
     */
    public record Row(String id, long finishedAt, boolean revoked) {}

    /** Adds a workflow. */
    public void insert(String id, String name, String startedBy, long now) {
        jdbc.update(
                "INSERT INTO errand_workflow (id, name, created_at, started_by, finished_at) VALUES (?, ?, ?, ?, 0)",
                id,
                name,
                now,
                startedBy);
    }

    /** Adds steps, and that for which they wait. */
    public void insertSteps(List<Step> steps, List<After> afters) {
        write(
                STEP,
                STEPS,
                steps.stream()
                        .map(step -> new Object[] {
                            step.taskId,
                            step.workflow,
                            step.step,
                            step.key,
                            step.place,
                            step.continues,
                            step.input,
                            step.delay
                        })
                        .toList());
        write(
                AFTER,
                AFTERS,
                afters.stream()
                        .map(after -> new Object[] {after.successor, after.predecessor, after.workflow})
                        .toList());
    }

    private void write(String one, String many, List<Object[]> rows) {
        for (int from = 0; from < rows.size(); from += CHUNK) {
            jdbc.write(one, many, rows.subList(from, Math.min(rows.size(), from + CHUNK)));
        }
    }

    /** Reads a workflow's row; empty if there is none. */
    public List<Row> find(String id) {
        return jdbc.read(
                "SELECT id, finished_at, revoked_at FROM errand_workflow WHERE id = ?",
                row -> new Row(row.getString(1), row.getLong(2), row.getObject(3) != null),
                id);
    }

    /** Returns the ids of workflows that are not finished, in their order, after the given one. */
    public List<String> open(String after, int limit) {
        return jdbc.read(
                "SELECT w.id FROM errand_workflow w WHERE w.finished_at = 0 AND w.id > ?"
                        + " ORDER BY w.finished_at, w.id LIMIT ?",
                row -> row.getString(1),
                after,
                limit);
    }

    /** Locks the row of a workflow that is not finished. Returns false if it is, or if another transaction has locked it. */
    public boolean lockOpen(String id) {
        return !jdbc.read(
                        "SELECT w.id FROM errand_workflow w WHERE w.id = ? AND w.finished_at = 0 FOR UPDATE SKIP LOCKED",
                        row -> row.getString(1),
                        id)
                .isEmpty();
    }

    public void finish(String id, long now) {
        jdbc.update("UPDATE errand_workflow SET finished_at = ? WHERE id = ?", now, id);
    }

    /** Makes a workflow unfinished again, because a step of it is retried. Waits for a transaction that finishes it. */
    public void reopen(String id) {
        jdbc.update("UPDATE errand_workflow SET finished_at = 0, revoked_at = NULL WHERE id = ?", id);
    }

    /** Notes that no step may be added any more. */
    public void revoked(String id, long now) {
        jdbc.update("UPDATE errand_workflow SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
    }

    /** The key and the place of a step, by the id of its task; empty if the task is no step. */
    public List<Step> step(String taskId) {
        return jdbc.read(
                "SELECT task_id, workflow, step, member_of, place, continues, input, delay FROM errand_step"
                        + " WHERE task_id = ?",
                row -> new Step(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getBoolean(6),
                        row.getString(7),
                        row.getObject(8, Long.class)),
                taskId);
    }

    /** Returns the place of the newest step. */
    public int lastPlace(String workflow) {
        return jdbc.read("SELECT MIN(place) FROM errand_step WHERE workflow = ?", row -> row.getInt(1), workflow)
                .get(0);
    }

    /** Returns those of some names of steps that a workflow has. */
    public List<String> taken(String workflow, List<String> names) {
        return StepRelease.inChunks(names, chunk -> {
            Object[] values = new Object[chunk.size() + 1];
            values[0] = workflow;
            System.arraycopy(chunk.toArray(), 0, values, 1, chunk.size());
            return jdbc.read(
                    "SELECT step FROM errand_step WHERE workflow = ? AND step IN (" + StepRelease.marks(chunk) + ")",
                    row -> row.getString(1),
                    values);
        });
    }

    /** Returns a step that waits for a step or group and has been released; empty if all of them still wait. */
    public List<String> releasedAfter(String workflow, String key) {
        return jdbc.read(
                "SELECT t.step FROM errand_step_after e JOIN errand_task t ON t.id = e.successor"
                        + " WHERE e.workflow = ? AND e.predecessor = ? AND t.state <> 'WAITING' AND t.state <> 'REVOKED'"
                        + " LIMIT 1",
                row -> row.getString(1),
                workflow,
                key);
    }

    /** Returns up to {@code limit} steps that are not finished and that no user has asked to stop, waiting ones first. */
    public List<String> unfinished(String workflow, int limit) {
        return jdbc.read(
                "SELECT t.id FROM errand_step s JOIN errand_task t ON t.id = s.task_id WHERE s.workflow = ?"
                        + " AND t.state NOT IN ('SUCCESS', 'FAILURE', 'REVOKED')"
                        + " AND NOT EXISTS (SELECT 1 FROM errand_revocation v WHERE v.task_id = t.id)"
                        + " ORDER BY CASE WHEN t.state = 'WAITING' THEN 0 ELSE 1 END, s.place LIMIT ?",
                row -> row.getString(1),
                workflow,
                limit);
    }

    /** Returns the steps that ended in FAILURE, or REVOKED for another reason than the failure of a step, after a place. */
    public List<Map.Entry<Integer, String>> retriable(String workflow, int before, int limit) {
        return jdbc.read(
                "SELECT s.place, t.id FROM errand_step s JOIN errand_task t ON t.id = s.task_id WHERE s.workflow = ?"
                        + " AND s.place < ? AND (t.state = 'FAILURE' OR t.state = 'REVOKED' AND COALESCE(t.error_type, '')"
                        + " NOT IN ('" + ErrorText.STEP_FAILED + "', '" + ErrorText.NOT_NEEDED + "'))"
                        + " ORDER BY s.place DESC LIMIT ?",
                row -> Map.entry(row.getInt(1), row.getString(2)),
                workflow,
                before,
                limit);
    }

    /** A step that is REVOKED because of another one, and the name by which others wait for it. */
    public record Blocked(String id, String key) {}

    public List<Blocked> blocked(String workflow) {
        return jdbc.read(
                "SELECT t.id, s.member_of FROM errand_step s JOIN errand_task t ON t.id = s.task_id"
                        + " WHERE s.workflow = ? AND t.state = 'REVOKED' AND t.error_type = ?",
                row -> new Blocked(row.getString(1), row.getString(2)),
                workflow,
                ErrorText.STEP_FAILED);
    }
}
