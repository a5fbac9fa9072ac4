package dev.errand.api;

import java.util.List;

/**
 * The argument of a step that is made of the results of other steps; see {@link Workflow#fromResult}.
 *
 * @param steps the names of the steps or groups
 */
public record StepResult(List<String> steps) {
    public StepResult {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new InvalidValueException("fromResult", "fromResult names no step. Give at least one name.");
        }
    }
}
