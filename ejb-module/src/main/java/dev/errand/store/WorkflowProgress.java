package dev.errand.store;

import dev.errand.store.StepKeys.Key;
import dev.errand.store.StepKeys.KeyState;
import dev.errand.store.StepKeys.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps of one workflow as a whole: its releases, its end, and its retry. In the caller's transaction. Thread-safe. */
@ApplicationScoped
public class WorkflowProgress {
    @Inject
    StepKeys keys;

    @Inject
    StepRelease release;

    @Inject
    WorkflowRecords workflows;

    @Inject
    TaskTransitions transitions;

    @Inject
    FinishListener listener;

    /** Returns whether a member of this group, or the step, is not finished. */
    public boolean hasUnfinished(String workflow, String key) {
        return keys.hasUnfinished(new Key(workflow, key));
    }

    /** Finds the waiting steps that can be released, or can never run. {@link #settle} looks again. */
    public List<String> decided(String workflow) {
        List<Waiting> waiting = keys.waiting(workflow);
        return waiting.isEmpty()
                ? List.of()
                : StepDecisions.decided(keys.states(workflow), keys.edges(workflow), waiting);
    }

    /**
     * Releases or ends steps, if it is still time for that.
     *
     * @return the steps that have changed
     */
    public Set<String> settle(Collection<String> steps, long now) {
        return release.settle(steps, now);
    }

    /** Notes that a workflow is finished, if each of its steps is. */
    public void end(String workflow, long now) {
        if (!workflows.lockOpen(workflow)) {
            return;
        }
        Map<String, KeyState> states = new HashMap<>(keys.states(workflow));
        KeyState forFailures = states.remove("");
        if (!states.values().stream().allMatch(KeyState::finished)) {
            return;
        }
        if (forFailures != null && !forFailures.finished()) {
            boolean failure = states.values().stream().anyMatch(state -> state.failure() != null);
            List<Waiting> waiting = failure ? List.of() : keys.waiting(workflow);
            if (waiting.isEmpty()) {
                return;
            }
            waiting.forEach(step -> release.notNeeded(step.id(), now));
            if (keys.hasUnfinished(new Key(workflow, ""))) {
                return;
            }
        }
        workflows.finish(workflow, now);
    }

    /** Returns a step that ended without success and for which this one waits. */
    public Optional<String> blocker(TaskRecord step) {
        return keys.predecessors(List.of(step.id)).getOrDefault(step.id, List.of()).stream()
                .filter(key -> keys.state(key).failed() != null)
                .map(Key::name)
                .findFirst();
    }

    /**
     * Gives a locked step that is FAILURE or REVOKED one more run, and lets the steps wait again that are REVOKED because of it.
     *
     * @throws jakarta.persistence.PersistenceException for a violated constraint if another task has its unique key by now
     */
    public void retry(TaskRecord locked, long now) {
        workflows.reopen(locked.workflow);
        retryAlone(locked, now);
        transitions.revive(blockedBy(locked));
        listener.check(locked.workflow);
    }

    /** The same for one of many steps of a workflow that are retried. */
    public void retryAlone(TaskRecord locked, long now) {
        boolean waited = !keys.predecessors(List.of(locked.id)).isEmpty();
        if (waited || locked.startedAt == null && isForFailures(locked)) {
            transitions.awaitAgain(locked);
            if (waited) {
                release.settle(List.of(locked.id), now);
            }
        } else {
            transitions.runAgain(locked, now);
        }
    }

    private boolean isForFailures(TaskRecord locked) {
        return workflows.step(locked.id).stream().anyMatch(step -> step.key().isEmpty());
    }

    /** Lets all steps of a workflow wait again that are REVOKED because of others. */
    public void reviveAll(String workflow) {
        transitions.revive(workflows.blocked(workflow).stream()
                .map(WorkflowRecords.Blocked::id)
                .toList());
        listener.check(workflow);
    }

    private List<String> blockedBy(TaskRecord locked) {
        List<WorkflowRecords.Blocked> blocked = workflows.blocked(locked.workflow);
        if (blocked.isEmpty()) {
            return List.of();
        }
        Map<String, Set<String>> edges = keys.edges(locked.workflow);
        Deque<String> reached = new ArrayDeque<>();
        workflows.step(locked.id).forEach(step -> reached.add(step.key()));
        Set<String> seen = new HashSet<>(reached);
        Set<String> revived = new LinkedHashSet<>();
        while (!reached.isEmpty()) {
            String key = reached.remove();
            for (WorkflowRecords.Blocked step : blocked) {
                if (edges.getOrDefault(step.id(), Set.of()).contains(key)
                        && revived.add(step.id())
                        && seen.add(step.key())) {
                    reached.add(step.key());
                }
            }
        }
        return List.copyOf(revived);
    }
}
