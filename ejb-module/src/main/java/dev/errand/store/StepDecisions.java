package dev.errand.store;

import dev.errand.store.StepKeys.KeyState;
import dev.errand.store.StepKeys.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which waiting steps of a workflow can be released, and which can never run. Pure. */
final class StepDecisions {
    private StepDecisions() {}

    /**
     * Decides for each waiting step.
     *
     * @param states the states of the steps and groups
     * @param edges the predecessors of the steps, by the ids of their tasks
     * @return the steps to settle, each after those on which it depends; the others have to wait
     */
    static List<String> decided(Map<String, KeyState> states, Map<String, Set<String>> edges, List<Waiting> waiting) {
        Map<String, KeyState> seen = new HashMap<>(states);
        boolean failure = states.entrySet().stream()
                .anyMatch(state -> !state.getKey().isEmpty() && state.getValue().failure() != null);
        List<String> decided = new ArrayList<>();
        List<Waiting> left = new ArrayList<>(waiting);
        boolean more = true;
        while (more) {
            more = false;
            List<Waiting> undecided = new ArrayList<>();
            for (Waiting step : left) {
                List<KeyState> before = edges.getOrDefault(step.id(), Set.of()).stream()
                        .map(key -> seen.getOrDefault(key, KeyState.NONE))
                        .toList();
                if (step.key().isEmpty() ? !failure : !isDecided(before)) {
                    undecided.add(step);
                    continue;
                }
                decided.add(step.id());
                if (before.stream().anyMatch(state -> state.failed() != null)) {
                    // it will end without a run, and those after it with it
                    KeyState own = seen.getOrDefault(step.key(), KeyState.NONE);
                    seen.put(step.key(), new KeyState(own.unfinished(), step.id(), own.failure()));
                    more = true;
                }
            }
            left = undecided;
        }
        return decided;
    }

    private static boolean isDecided(List<KeyState> before) {
        return before.stream().anyMatch(state -> state.failed() != null)
                || before.stream().allMatch(KeyState::finished);
    }
}
