package dev.errand.flow;

import dev.errand.api.InvalidValueException;
import dev.errand.api.Workflow;
import dev.errand.api.WorkflowStep;
import dev.errand.store.StepInputs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A workflow whose names are checked: each step with the steps and groups for which it waits, and the source of its argument.
 * Pure.
 */
final class WorkflowPlan {
    static final int MOST_STEPS = 100_000;

    private static final String ON_FAILURE = "onFailure";

    /**
     * A step.
     *
     * @param field its place in the request
     * @param key the name by which others wait for it; '' for the step for failures
     * @param after the keys for which it waits
     * @param input see {@link StepInputs#argument}; null for none
     */
    record Planned(String field, WorkflowStep step, String key, Set<String> after, String input) {
        boolean waits() {
            return !after.isEmpty() || key.isEmpty();
        }
    }

    private final Workflow workflow;
    private final Map<String, WorkflowStep> byName = new HashMap<>();
    private final Set<String> groups;
    private final Map<String, Set<String>> before = new HashMap<>();

    private WorkflowPlan(Workflow workflow) {
        this.workflow = workflow;
        this.groups = new HashSet<>(workflow.emptyGroups());
    }

    /**
     * Checks a workflow.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static List<Planned> of(Workflow workflow) {
        return new WorkflowPlan(workflow).planned();
    }

    private List<Planned> planned() {
        List<WorkflowStep> steps = workflow.steps();
        if (steps.isEmpty()) {
            throw new InvalidValueException(
                    "steps", "The workflow \"" + workflow.name() + "\" has no step. Describe at least one.");
        }
        if (steps.size() > MOST_STEPS) {
            throw new InvalidValueException(
                    "steps",
                    "The workflow \"" + workflow.name() + "\" has " + steps.size() + " steps; at most " + MOST_STEPS
                            + " are allowed. Let a step start another workflow, or add members while it runs.");
        }
        steps.forEach(this::addName);
        WorkflowStep failure = workflow.failureStep();
        if (failure != null) {
            checkName(failure.name(), ON_FAILURE + ".name");
            if (byName.containsKey(failure.name()) || groups.contains(failure.name())) {
                throw twice(failure.name(), ON_FAILURE + ".name");
            }
        }
        List<Set<String>> after = steps.stream().map(this::after).toList();
        for (int i = 0; i < steps.size(); i++) {
            before.computeIfAbsent(steps.get(i).key(), any -> new LinkedHashSet<>())
                    .addAll(after.get(i));
        }
        refuseCircles();
        List<Planned> planned = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            planned.add(planned(steps.get(i), after.get(i)));
        }
        if (failure != null) {
            planned.add(new Planned(
                    ON_FAILURE, failure, "", Set.of(), workflow.failureIsArgument() ? StepInputs.FAILURE : null));
        }
        return planned;
    }

    private void addName(WorkflowStep step) {
        checkName(step.name(), field(step) + ".name");
        if (byName.put(step.name(), step) != null) {
            throw twice(step.name(), field(step) + ".name");
        }
        if (step.group() != null) {
            checkName(step.group(), field(step) + ".name");
            groups.add(step.group());
        }
        if (step.task() == null || !isName(step.task())) {
            throw new InvalidValueException(
                    field(step) + ".task",
                    "The task of the step \"" + step.name() + "\" is "
                            + (step.task() == null ? "missing" : "\"" + step.task() + "\"")
                            + "; it must be 1 to 255 visible ASCII characters without blanks.");
        }
    }

    private static void checkName(String name, String field) {
        if (name == null || !isName(name)) {
            throw new InvalidValueException(
                    field,
                    "The name of a step is " + (name == null ? "missing" : "\"" + name + "\"")
                            + "; it must be 1 to 255 visible ASCII characters without blanks.");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= 255 && name.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static InvalidValueException twice(String name, String field) {
        return new InvalidValueException(
                field, "The name \"" + name + "\" is there twice. Each step and each group needs a name of its own.");
    }

    /** Returns the keys for which a step waits, without those of its results that it waits for anyway. */
    private Set<String> after(WorkflowStep step) {
        Set<String> keys = new LinkedHashSet<>();
        for (String name : step.after()) {
            keys.add(key(name, step, "after"));
        }
        for (String name : step.results()) {
            key(name, step, "fromResult");
        }
        return keys;
    }

    private String key(String name, WorkflowStep step, String field) {
        if (groups.contains(name)) {
            if (byName.containsKey(name)) {
                throw twice(name, field(byName.get(name)) + ".name");
            }
            return name;
        }
        WorkflowStep found = byName.get(name);
        if (found == null) {
            throw new InvalidValueException(
                    field(step) + "." + field,
                    "The step \"" + step.name() + "\" names \"" + name + "\" in " + field
                            + ", but the workflow has no step or group of that name.");
        }
        return found.key();
    }

    private static String field(WorkflowStep step) {
        return "steps[" + step.definition() + "]";
    }

    private void refuseCircles() {
        Map<String, Integer> open = new LinkedHashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        before.forEach((key, keys) -> {
            open.put(key, (int) keys.stream().filter(before::containsKey).count());
            keys.forEach(other ->
                    next.computeIfAbsent(other, any -> new ArrayList<>()).add(key));
        });
        Deque<String> ready = new ArrayDeque<>();
        open.forEach((key, count) -> {
            if (count == 0) {
                ready.add(key);
            }
        });
        int sorted = 0;
        while (!ready.isEmpty()) {
            sorted++;
            for (String after : next.getOrDefault(ready.remove(), List.of())) {
                if (open.merge(after, -1, Integer::sum) == 0) {
                    ready.add(after);
                }
            }
        }
        if (sorted < before.size()) {
            WorkflowStep step = workflow.steps().stream()
                    .filter(candidate -> open.get(candidate.key()) > 0 && reaches(candidate.key(), candidate.key()))
                    .findFirst()
                    .orElseThrow();
            throw new InvalidValueException(
                    field(step) + ".after",
                    "The step \"" + step.name() + "\" waits for itself, in a circle over " + step.after()
                            + ". Remove one of the steps in \"after\".");
        }
    }

    /** Returns whether a key waits for another one, directly or not. */
    private boolean reaches(String from, String to) {
        Deque<String> look = new ArrayDeque<>(before.getOrDefault(from, Set.of()));
        Set<String> seen = new HashSet<>(look);
        while (!look.isEmpty()) {
            String key = look.remove();
            if (key.equals(to)) {
                return true;
            }
            for (String other : before.getOrDefault(key, Set.of())) {
                if (seen.add(other)) {
                    look.add(other);
                }
            }
        }
        return false;
    }

    private Planned planned(WorkflowStep step, Set<String> after) {
        Set<String> all = new LinkedHashSet<>(after);
        List<String> inputs = new ArrayList<>();
        for (String name : step.results()) {
            String key = key(name, step, "fromResult");
            // a result is there when the step waits for it
            if (!all.contains(key) && !reaches(step.key(), key)) {
                if (key.equals(step.key()) || reaches(key, step.key())) {
                    throw new InvalidValueException(
                            field(step) + ".fromResult",
                            "The step \"" + step.name() + "\" takes the result of \"" + name
                                    + "\", which waits for this step.");
                }
                all.add(key);
                before.get(step.key()).add(key);
            }
            inputs.add(groups.contains(name) ? name + StepInputs.GROUP : name);
        }
        return new Planned(field(step), step, step.key(), all, input(step, inputs));
    }

    private String input(WorkflowStep step, List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        String kind = names.size() > 1
                ? StepInputs.MAP
                : groups.contains(step.results().get(0)) ? StepInputs.LIST : StepInputs.ONE;
        return kind + " " + String.join(" ", names);
    }
}
