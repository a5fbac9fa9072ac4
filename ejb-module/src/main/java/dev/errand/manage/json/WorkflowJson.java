package dev.errand.manage.json;

import dev.errand.api.TaskState;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.WorkflowInfo.StepInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow as JSON.
 *
 * @param counts the number of steps, by state
 * @param steps the ids of the tasks, by step; null in a list
 * @param graph the steps in their order; null in a list
 */
public record WorkflowJson(
        String id,
        String name,
        TaskState state,
        String startedBy,
        Instant createdAt,
        Instant finishedAt,
        Map<TaskState, Long> counts,
        Map<String, String> steps,
        List<StepInfo> graph) {

    /** Returns a workflow with its steps. */
    public static WorkflowJson of(WorkflowInfo workflow) {
        Map<String, String> steps = new LinkedHashMap<>();
        workflow.steps().forEach(step -> steps.put(step.step(), step.id()));
        return of(workflow, steps, workflow.steps());
    }

    private static WorkflowJson of(WorkflowInfo workflow, Map<String, String> steps, List<StepInfo> graph) {
        return new WorkflowJson(
                workflow.id(),
                workflow.name(),
                workflow.state(),
                workflow.startedBy(),
                workflow.createdAt(),
                workflow.finishedAt(),
                workflow.counts(),
                steps,
                graph);
    }

    /** Returns a workflow as a list has it. */
    static WorkflowJson listed(WorkflowInfo workflow) {
        return of(workflow, null, null);
    }
}
