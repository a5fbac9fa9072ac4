package dev.errand.api;

import java.util.List;

/**
 * A step of a {@link Workflow}, as it was described. Immutable.
 *
 * @param definition the number of the call that described it, from 0; the members of a map have the same
 * @param name the name in the workflow
 * @param group the group of which it is a member, or null
 * @param argument the argument, or null
 * @param results the steps and groups whose results become the argument; empty for none
 * @param after the steps and groups for which it waits
 * @param continuesOnFailure whether the steps after it run although it has failed
 */
public record WorkflowStep(
        int definition,
        String name,
        String group,
        String task,
        Object argument,
        List<String> results,
        List<String> after,
        TaskOptions options,
        boolean continuesOnFailure) {

    public WorkflowStep {
        results = List.copyOf(results);
        after = List.copyOf(after);
        options = options == null ? TaskOptions.none() : options;
    }

    /** Returns the name by which others wait for the step. */
    public String key() {
        return group == null ? name : group;
    }

    WorkflowStep results(List<String> names) {
        return new WorkflowStep(definition, name, group, task, argument, names, after, options, continuesOnFailure);
    }

    WorkflowStep after(List<String> names) {
        return new WorkflowStep(definition, name, group, task, argument, results, names, options, continuesOnFailure);
    }

    WorkflowStep group(String name) {
        return new WorkflowStep(
                definition, this.name, name, task, argument, results, after, options, continuesOnFailure);
    }

    WorkflowStep options(TaskOptions changed) {
        return new WorkflowStep(definition, name, group, task, argument, results, after, changed, continuesOnFailure);
    }

    WorkflowStep continuing() {
        return new WorkflowStep(definition, name, group, task, argument, results, after, options, true);
    }

    WorkflowStep definition(int number) {
        return new WorkflowStep(number, name, group, task, argument, results, after, options, continuesOnFailure);
    }
}
