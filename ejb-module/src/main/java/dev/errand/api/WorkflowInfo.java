package dev.errand.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of a workflow. Immutable.
 *
 * @param state PENDING if no step has started, STARTED if some have; when each step is finished: FAILURE if a step is FAILURE,
 *     otherwise REVOKED if one is REVOKED, otherwise SUCCESS. Steps with {@code continueOnFailure}, and a step for failures that
 *     was not needed, do not count
 * @param startedBy the caller's principal name, or null
 * @param finishedAt the instant at which Errand noticed that each step is finished; null before that
 * @param counts the number of steps in each state that some have
 * @param steps the steps in their order; empty in a list
 */
public record WorkflowInfo(
        String id,
        String name,
        TaskState state,
        String startedBy,
        Instant createdAt,
        Instant finishedAt,
        Map<TaskState, Long> counts,
        List<StepInfo> steps) {

    /**
     * A step.
     *
     * @param step the name
     * @param id the id of its task
     * @param group the group of which it is a member, or null
     * @param after the steps and groups for which it waits
     */
    public record StepInfo(String step, String id, String task, TaskState state, String group, List<String> after) {}
}
