package dev.errand.store;

import dev.errand.store.database.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps and groups of workflows for which others wait, and their states, as the tables have them at this moment. A key is
 * the name of a group, or of a step without a group. Always in the caller's transaction; locks nothing. Thread-safe.
 */
@ApplicationScoped
public class StepKeys {
    private static final String FINISHED = "('SUCCESS', 'FAILURE', 'REVOKED')";

    private static final String STATES =
            "SELECT s.member_of, SUM(CASE WHEN t.state IN " + FINISHED + " THEN 0 ELSE 1 END),"
                    + " MIN(CASE WHEN t.state IN ('FAILURE', 'REVOKED') AND s.continues = FALSE THEN t.id END),"
                    + " MIN(CASE WHEN t.state = 'FAILURE' AND s.continues = FALSE THEN t.id END)"
                    + " FROM errand_step s JOIN errand_task t ON t.id = s.task_id WHERE s.workflow = ?%s"
                    + " GROUP BY s.member_of";

    /** The search for one unfinished member, newest first: members finish about in the order in which they were sent. */
    private static final String UNFINISHED = "SELECT t.id FROM errand_step s JOIN errand_task t ON t.id = s.task_id"
            + " WHERE s.workflow = ? AND s.member_of = ? AND t.state NOT IN " + FINISHED
            + " ORDER BY s.workflow, s.member_of, s.place LIMIT 1";

    private static final String EDGES = "SELECT e.successor, e.workflow, e.predecessor FROM errand_step_after e";

    private static final String WAITING = "SELECT s.task_id, s.member_of FROM errand_step s"
            + " JOIN errand_task t ON t.id = s.task_id WHERE s.workflow = ? AND t.state = 'WAITING'"
            + " ORDER BY s.workflow, s.place DESC";

    @Inject
    Jdbc jdbc;

    /** The name of a group or of a step without a group, in a workflow. */
    public record Key(String workflow, String name) {}

    /**
     * The state of a group or step.
     *
     * @param unfinished the number of its members that are not finished
     * @param failed a member that ended without success and whose failure stops the others; null if there is none
     * @param failure one of these in the state FAILURE, or null
     */
    public record KeyState(long unfinished, String failed, String failure) {
        static final KeyState NONE = new KeyState(0, null, null);

        boolean finished() {
            return unfinished == 0;
        }
    }

    /** Returns the predecessors of steps, by step. */
    public Map<String, List<Key>> predecessors(Collection<String> steps) {
        return StepRelease.<Map.Entry<String, Key>>inChunks(
                        List.copyOf(steps),
                        chunk -> jdbc.read(
                                EDGES + " WHERE e.successor IN (" + StepRelease.marks(chunk) + ")",
                                row -> Map.entry(row.getString(1), new Key(row.getString(2), row.getString(3))),
                                chunk.toArray()))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** Returns the names of the predecessors of each step of a workflow that has some, by the id of the step's task. */
    public Map<String, Set<String>> edges(String workflow) {
        return jdbc
                .read(EDGES + " WHERE e.workflow = ?", row -> Map.entry(row.getString(1), row.getString(3)), workflow)
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /** Returns the key of a step. */
    public Optional<Key> of(String step) {
        return jdbc
                .read(
                        "SELECT workflow, member_of FROM errand_step WHERE task_id = ?",
                        row -> new Key(row.getString(1), row.getString(2)),
                        step)
                .stream()
                .findFirst();
    }

    public KeyState state(Key key) {
        return states(key.workflow(), " AND s.member_of = ?", key.workflow(), key.name())
                .getOrDefault(key.name(), KeyState.NONE);
    }

    /** Returns the states of all keys of a workflow. */
    public Map<String, KeyState> states(String workflow) {
        return states(workflow, "", workflow);
    }

    private Map<String, KeyState> states(String workflow, String condition, Object... values) {
        Map<String, KeyState> states = new HashMap<>();
        jdbc.read(
                        STATES.formatted(condition),
                        row -> Map.entry(
                                row.getString(1), new KeyState(row.getLong(2), row.getString(3), row.getString(4))),
                        values)
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states;
    }

    /** Returns whether a member of this group, or the step, is not finished. */
    public boolean hasUnfinished(Key key) {
        return !jdbc.read(UNFINISHED, row -> row.getString(1), key.workflow(), key.name())
                .isEmpty();
    }

    /** A step that waits. */
    public record Waiting(String id, String key) {}

    /** Returns the waiting steps of a workflow, in their order. */
    public List<Waiting> waiting(String workflow) {
        return jdbc.read(WAITING, row -> new Waiting(row.getString(1), row.getString(2)), workflow);
    }
}
