package dev.errand.api;

/**
 * A step for the short forms of {@link Workflow}: {@code Step.of("thumbnail.make", url).named("thumbnail")}. Immutable.
 *
 * @param name the name in the workflow; null for one that is made of the task's name
 * @param argument the argument, a {@link StepResult}, or null
 * @param takesResult whether the step takes the result of the step or group before it as its argument
 */
public record Step(
        String name,
        String task,
        Object argument,
        boolean takesResult,
        TaskOptions options,
        boolean continuesOnFailure) {

    /** Returns a step whose argument is the result of the step before it; after a group, the list of all results. */
    public static Step of(String task) {
        return new Step(null, task, null, true, TaskOptions.none(), false);
    }

    /** Returns a step with an argument of its own, which may be null. */
    public static Step of(String task, Object argument) {
        return new Step(null, task, argument, false, TaskOptions.none(), false);
    }

    public Step named(String name) {
        return new Step(name, task, argument, takesResult, options, continuesOnFailure);
    }

    public Step options(TaskOptions options) {
        return new Step(name, task, argument, takesResult, options, continuesOnFailure);
    }

    /** Lets the steps after this one run although it has failed. */
    public Step continueOnFailure() {
        return new Step(name, task, argument, takesResult, options, true);
    }
}
