package dev.errand.store;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.TaskState;
import dev.errand.store.StepKeys.KeyState;
import dev.errand.store.TaskTransitions.Released;
import dev.errand.store.database.Dialect;
import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Releases the steps of workflows whose predecessors are finished. A step that waits for one other step is released in the
 * transaction that finishes that step. For a step that waits for several, that transaction cannot decide: two members that
 * finish at the same moment do not see each other. It only tells the {@link FinishListener}, and {@link #settle} decides after
 * the commit. Both lock the step first, without waiting: a step that another transaction has locked is left to the sweep.
 *
 * <p>Always in the caller's transaction. Thread-safe.
 */
@ApplicationScoped
public class StepRelease {
    /** The number of ids in one statement. */
    static final int CHUNK = 100;

    private static final String LOCK =
            "SELECT t.id, t.due_at FROM errand_task t%s WHERE t.id IN (%s) AND t.state = 'WAITING' FOR UPDATE SKIP LOCKED";

    private static final String MEMBERS =
            "SELECT m.task_id, m.workflow, m.member_of, m.continues, EXISTS (SELECT 1 FROM"
                    + " errand_step o WHERE o.workflow = m.workflow AND o.member_of = m.member_of AND o.task_id <> m.task_id)"
                    + " FROM errand_step m WHERE m.task_id IN (%s)";

    private static final String SUCCESSORS = "SELECT e.successor, EXISTS (SELECT 1 FROM errand_step_after x"
            + " WHERE x.successor = e.successor AND x.predecessor <> e.predecessor)"
            + " FROM errand_step_after e WHERE e.workflow = ? AND e.predecessor = ?";

    private static final String STEPS = "SELECT task_id, workflow, input, delay FROM errand_step WHERE task_id IN (%s)";

    private static final String FAILED = "SELECT t.state, t.error_type, t.error_message, s.step, w.name, w.id"
            + " FROM errand_task t JOIN errand_step s ON s.task_id = t.id JOIN errand_workflow w ON w.id = s.workflow"
            + " WHERE t.id = ?";

    @Inject
    Jdbc jdbc;

    @Inject
    TaskTransitions transitions;

    @Inject
    StepKeys keys;

    @Inject
    StepInputs inputs;

    @Inject
    FinishListener listener;

    /** A finished step. */
    private record Member(String id, String workflow, String key, boolean continues, boolean grouped) {}

    /** @param joins whether the step waits for others as well */
    private record Successor(String id, boolean joins) {}

    private record Waiting(String id, long dueAt) {}

    /** @param delay the countdown in milliseconds, or null */
    private record Step(String id, String workflow, String input, Long delay) {}

    /** Handles tasks that this transaction makes SUCCESS. */
    public void succeeded(List<Ended> runs) {
        runs.forEach(run -> listener.finished(run.id()));
        List<Ended> steps = runs.stream().filter(run -> run.workflow() != null).toList();
        if (!steps.isEmpty()) {
            long now = steps.stream().mapToLong(Ended::finishedAt).max().orElseThrow();
            members(steps.stream().map(Ended::id).toList()).forEach(member -> passedOn(member, now));
        }
    }

    /** Handles a task that this transaction makes FAILURE or REVOKED. */
    public void stopped(String id, String workflow, long now) {
        listener.finished(id);
        if (workflow != null) {
            for (Member member : members(List.of(id))) {
                if (member.continues) {
                    passedOn(member, now);
                } else {
                    listener.check(workflow);
                }
            }
        }
    }

    private List<Member> members(List<String> ids) {
        return inChunks(
                ids,
                chunk -> jdbc.read(
                        MEMBERS.formatted(marks(chunk)),
                        row -> new Member(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getBoolean(5)),
                        chunk.toArray()));
    }

    private void passedOn(Member member, long now) {
        if (member.grouped) {
            listener.memberFinished(member.workflow, member.key);
            return;
        }
        List<Successor> successors = jdbc.read(
                SUCCESSORS, row -> new Successor(row.getString(1), row.getBoolean(2)), member.workflow, member.key);
        List<String> single = successors.stream()
                .filter(successor -> !successor.joins)
                .map(Successor::id)
                .toList();
        int released = inChunks(single, chunk -> List.copyOf(release(lock(chunk), now, false)))
                .size();
        if (successors.isEmpty() || released < successors.size()) {
            listener.memberFinished(member.workflow, member.key);
        }
    }

    /**
     * Releases those steps whose predecessors are finished, and ends those that can never run. Steps for which another
     * transaction has work are skipped.
     *
     * @return the steps that have changed
     */
    public Set<String> settle(Collection<String> ids, long now) {
        Set<String> changed = new LinkedHashSet<>();
        inChunks(List.copyOf(ids), chunk -> {
            changed.addAll(settleChunk(chunk, now));
            return List.of();
        });
        return changed;
    }

    private Set<String> settleChunk(List<String> ids, long now) {
        // the lock comes first: a step may join the predecessors until then
        Map<String, Waiting> locked = lock(ids).stream().collect(Collectors.toMap(Waiting::id, waiting -> waiting));
        Map<String, List<StepKeys.Key>> predecessors = keys.predecessors(locked.keySet());
        Map<StepKeys.Key, KeyState> states = new HashMap<>();
        Set<String> changed = new LinkedHashSet<>();
        List<Waiting> ready = new ArrayList<>();
        for (String id : ids) {
            if (!locked.containsKey(id)) {
                continue;
            }
            List<KeyState> all = predecessors.getOrDefault(id, List.of()).stream()
                    .map(key -> states.computeIfAbsent(key, keys::state))
                    .toList();
            String failed = all.stream()
                    .map(KeyState::failed)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (failed != null) {
                if (block(id, failed, now)) {
                    changed.add(id);
                    // the steps after this one must see it
                    keys.of(id).ifPresent(states::remove);
                }
            } else if (all.stream().allMatch(KeyState::finished)) {
                ready.add(locked.get(id));
            }
        }
        changed.addAll(release(ready, now, true));
        return changed;
    }

    /** Ends a locked step, unless the failed one is being retried at this moment. */
    private boolean block(String id, String failed, long now) {
        // both locks are held until the commit: a retry of the failed step comes before, or sees this step REVOKED
        boolean still = !jdbc.read(
                        "SELECT t.id FROM errand_task t WHERE t.id = ? AND t.state IN ('FAILURE', 'REVOKED')"
                                + " FOR UPDATE SKIP LOCKED",
                        row -> row.getString(1),
                        failed)
                .isEmpty();
        if (!still) {
            return false;
        }
        ErrorText reason = jdbc.read(
                        FAILED,
                        row -> ErrorText.STEP_FAILED.equals(row.getString(2))
                                ? new ErrorText(ErrorText.STEP_FAILED, row.getString(3), null)
                                : new ErrorText(
                                        ErrorText.STEP_FAILED,
                                        "The step \"%s\" of the workflow \"%s\"[%s] ended in %s, so this step does not run. Retry that step, and this one waits for it again."
                                                .formatted(
                                                        row.getString(4),
                                                        row.getString(5),
                                                        row.getString(6),
                                                        row.getString(1)),
                                        null),
                        failed)
                .get(0);
        transitions.block(id, TaskState.REVOKED, reason, now);
        listener.finished(id);
        return true;
    }

    /** Ends a locked step for failures, because no step has failed. */
    public void notNeeded(String id, long now) {
        if (!lock(List.of(id)).isEmpty()) {
            transitions.block(
                    id,
                    TaskState.REVOKED,
                    new ErrorText(
                            ErrorText.NOT_NEEDED,
                            "No step of the workflow has failed, so its step for failures is not needed.",
                            null),
                    now);
            listener.finished(id);
        }
    }

    private List<Waiting> lock(List<String> ids) {
        // MariaDB may otherwise read the whole table for a list of ids
        String index = jdbc.dialect() == Dialect.MARIADB ? " FORCE INDEX (PRIMARY)" : "";
        return ids.isEmpty()
                ? List.of()
                : jdbc.read(
                        LOCK.formatted(index, marks(ids)),
                        row -> new Waiting(row.getString(1), row.getLong(2)),
                        ids.toArray());
    }

    /**
     * Releases locked steps.
     *
     * @param last whether a step whose argument would be too large becomes FAILURE; otherwise it is skipped
     * @return the steps that have changed
     */
    private Set<String> release(List<Waiting> locked, long now, boolean last) {
        if (locked.isEmpty()) {
            return Set.of();
        }
        List<String> ids = locked.stream().map(Waiting::id).toList();
        Map<String, Step> steps = jdbc
                .read(
                        STEPS.formatted(marks(ids)),
                        row -> new Step(
                                row.getString(1), row.getString(2), row.getString(3), row.getObject(4, Long.class)),
                        ids.toArray())
                .stream()
                .collect(Collectors.toMap(Step::id, step -> step));
        Map<String, String> arguments = new HashMap<>();
        Set<String> changed = new HashSet<>();
        List<Released> released = new ArrayList<>();
        for (Waiting waiting : locked) {
            Step step = steps.get(waiting.id);
            String argument = null;
            if (step.input != null) {
                try {
                    String input = step.input;
                    argument = arguments.computeIfAbsent(
                            input, any -> Objects.toString(inputs.argument(step.workflow, input), "null"));
                } catch (ArgumentTooLargeException e) {
                    if (last) {
                        transitions.block(
                                waiting.id,
                                TaskState.FAILURE,
                                new ErrorText(e.getClass().getName(), e.getMessage(), null),
                                now);
                        listener.finished(waiting.id);
                        changed.add(waiting.id);
                    }
                    continue;
                }
            }
            long dueAt = step.delay == null ? Math.max(waiting.dueAt, now) : now + step.delay;
            released.add(new Released(waiting.id, argument, dueAt));
            changed.add(waiting.id);
        }
        transitions.releaseSteps(released);
        released.stream().mapToLong(Released::dueAt).min().ifPresent(listener::released);
        return changed;
    }

    /** Returns the question marks of a list. */
    static String marks(Collection<String> ids) {
        return String.join(", ", Collections.nCopies(ids.size(), "?"));
    }

    interface Chunk<T> {
        List<T> read(List<String> ids);
    }

    /** Reads something for many ids, with a bounded number in each statement. */
    static <T> List<T> inChunks(List<String> ids, Chunk<T> work) {
        List<T> all = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            all.addAll(work.read(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
        }
        return all;
    }
}
