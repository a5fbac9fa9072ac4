package dev.errand.store.view;

import dev.errand.api.TaskState;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.WorkflowInfo.StepInfo;
import dev.errand.store.ErrorText;
import dev.errand.store.Millis;
import dev.errand.store.Names;
import dev.errand.store.StepKeys;
import dev.errand.store.database.Jdbc;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The queries of users about workflows. Always in the caller's transaction; locks nothing. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class WorkflowQueries {
    private static final String ROW =
            "SELECT w.id, w.name, w.started_by, w.created_at, w.finished_at FROM errand_workflow w";

    /** The state that users see: that of a long transactional run is STARTED. */
    private static final String STATE = "CASE WHEN g.task_id IS NULL THEN t.state ELSE 'STARTED' END";

    private static final String OF_STEPS = " FROM errand_step s JOIN errand_task t ON t.id = s.task_id"
            + " LEFT JOIN errand_running g ON g.task_id = t.id AND g.run = t.run AND t.state IN ('PENDING', 'RETRY')";

    private static final String COUNTS = "SELECT c.workflow, c.state, c.harmless, COUNT(*) FROM (SELECT s.workflow, "
            + STATE + " AS state, CASE WHEN s.continues = TRUE OR t.error_type = '" + ErrorText.NOT_NEEDED
            + "' THEN 1 ELSE 0 END AS harmless" + OF_STEPS + " WHERE s.workflow IN (%s)) c"
            + " GROUP BY c.workflow, c.state, c.harmless";

    private static final String STEPS = "SELECT s.step, s.task_id, t.task, " + STATE + ", s.member_of" + OF_STEPS
            + " WHERE s.workflow = ? ORDER BY s.place DESC";

    @Inject
    Jdbc jdbc;

    @Inject
    StepKeys keys;

    private record Row(String id, String name, String startedBy, long createdAt, long finishedAt) {}

    /**
     * The number of steps in a state.
     *
     * @param harmless whether their end without success does not count
     */
    record Count(String workflow, TaskState state, boolean harmless, long steps) {}

    public Optional<WorkflowInfo> find(String id) {
        if (!Names.possible(id)) {
            return Optional.empty();
        }
        return infos(jdbc.read(ROW + " WHERE w.id = ?", WorkflowQueries::row, id)).stream()
                .findFirst()
                .map(this::withSteps);
    }

    /** Lists workflows, newest first, and one more than the limit if there are more. */
    public List<WorkflowInfo> list(int limit, PageCursor cursor) {
        List<Object> values = new ArrayList<>();
        String behind = cursor == null ? "" : " WHERE w.created_at <= ? AND (w.created_at < ? OR w.id < ?)";
        if (cursor != null) {
            values.addAll(List.of(cursor.createdAt(), cursor.createdAt(), cursor.id()));
        }
        return infos(jdbc.read(
                ROW + behind + " ORDER BY w.created_at DESC, w.id DESC LIMIT " + (limit + 1),
                WorkflowQueries::row,
                values.toArray()));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
    }

    private List<WorkflowInfo> infos(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        String marks = String.join(", ", Collections.nCopies(rows.size(), "?"));
        Map<String, List<Count>> counts = jdbc
                .read(
                        COUNTS.formatted(marks),
                        row -> new Count(
                                row.getString(1),
                                TaskState.valueOf(row.getString(2)),
                                row.getInt(3) == 1,
                                row.getLong(4)),
                        rows.stream().map(Row::id).toArray())
                .stream()
                .collect(Collectors.groupingBy(Count::workflow));
        return rows.stream()
                .map(row -> {
                    List<Count> ofRow = counts.getOrDefault(row.id, List.of());
                    return new WorkflowInfo(
                            row.id,
                            row.name,
                            state(ofRow),
                            row.startedBy,
                            Millis.instant(row.createdAt),
                            row.finishedAt == 0 ? null : Millis.instant(row.finishedAt),
                            byState(ofRow),
                            List.of());
                })
                .toList();
    }

    private static Map<TaskState, Long> byState(List<Count> counts) {
        Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
        counts.forEach(count -> states.merge(count.state, count.steps, Long::sum));
        return states;
    }

    /** Returns the state of a workflow with these steps. Pure. */
    static TaskState state(List<Count> counts) {
        if (counts.stream().anyMatch(count -> !count.state.finished())) {
            boolean begun = counts.stream()
                    .anyMatch(count -> count.state.finished()
                            || count.state == TaskState.STARTED
                            || count.state == TaskState.RETRY);
            return begun ? TaskState.STARTED : TaskState.PENDING;
        }
        for (TaskState bad : List.of(TaskState.FAILURE, TaskState.REVOKED)) {
            if (counts.stream().anyMatch(count -> count.state == bad && !count.harmless)) {
                return bad;
            }
        }
        return TaskState.SUCCESS;
    }

    private WorkflowInfo withSteps(WorkflowInfo workflow) {
        Map<String, Set<String>> edges = keys.edges(workflow.id());
        List<StepInfo> steps = jdbc.read(
                STEPS,
                row -> {
                    String step = row.getString(1);
                    String key = row.getString(5);
                    return new StepInfo(
                            step,
                            row.getString(2),
                            row.getString(3),
                            TaskState.valueOf(row.getString(4)),
                            key.isEmpty() || key.equals(step) ? null : key,
                            edges.getOrDefault(row.getString(2), Set.of()).stream()
                                    .sorted()
                                    .toList());
                },
                workflow.id());
        return new WorkflowInfo(
                workflow.id(),
                workflow.name(),
                workflow.state(),
                workflow.startedBy(),
                workflow.createdAt(),
                workflow.finishedAt(),
                workflow.counts(),
                steps);
    }
}
