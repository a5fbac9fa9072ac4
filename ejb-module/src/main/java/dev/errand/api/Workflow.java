package dev.errand.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A graph of tasks, each with a name: a step starts when the steps for which it waits are finished. Immutable: each call returns
 * a changed copy. {@link Workflows#start} starts it, and checks the names.
 *
 * <pre>
 * Workflow.of("publish")
 *         .step("archive", "archiver.archive", new Archive(url))
 *         .step("validate", "datastore.validate", fromResult("archive")).after("archive")
 *         .step("load", "datastore.load", fromResult("archive")).after("validate")
 *         .onFailure("alert", "mail.send", alert)
 * </pre>
 *
 * <p>A step or group that waits for nothing starts at once. If a step ends in FAILURE or REVOKED, the steps that wait for it
 * become REVOKED, unless it has {@link #continueOnFailure}; if that step is retried, they wait again. The names of steps and
 * groups are 1 to 255 visible ASCII characters without blanks.
 */
public final class Workflow {
    /** The results of a step that takes those of the step before it, as long as that one is not known. */
    private static final List<String> BEFORE = List.of("");

    private final String id;
    private final String name;
    private final List<WorkflowStep> steps;
    private final WorkflowStep onFailure;
    private final Set<String> emptyGroups;

    /** The steps from this index on are those of the last call. */
    private final int from;

    /** The step or group that the last call has described; null for none. */
    private final String last;

    private final int definitions;

    private Workflow(
            String id,
            String name,
            List<WorkflowStep> steps,
            WorkflowStep onFailure,
            Set<String> emptyGroups,
            int from,
            String last,
            int definitions) {
        this.id = id;
        this.name = name;
        this.steps = List.copyOf(steps);
        this.onFailure = onFailure;
        this.emptyGroups = Set.copyOf(emptyGroups);
        this.from = from;
        this.last = last;
        this.definitions = definitions;
    }

    /** Begins a workflow. The name is a text for people, of 1 to 255 characters, and need not be unique. */
    public static Workflow of(String name) {
        return new Workflow(null, Checks.label("name", name), List.of(), null, Set.of(), 0, null, 0);
    }

    /** Returns the argument that is the result of a step, or the list of the results of a group, in the order of its members. */
    public static StepResult fromResult(String step) {
        return new StepResult(List.of(step));
    }

    /** Returns the argument that is an object with the results of several steps and groups, by name. */
    public static StepResult fromResult(String first, String second, String... others) {
        List<String> names = new ArrayList<>(List.of(first, second));
        names.addAll(Arrays.asList(others));
        return new StepResult(names);
    }

    /** Returns a workflow of steps of which each waits for the one before it. */
    public static Workflow chain(Step... steps) {
        Workflow chain = of("chain");
        for (Step step : steps) {
            chain = chain.then(step);
        }
        return chain;
    }

    /** Returns a workflow of steps that run at the same time, as one group. */
    public static Workflow group(Step... members) {
        return of("group")
                .add(
                        "group",
                        List.of(),
                        Arrays.stream(members).map(Workflow::of).toList());
    }

    /** Returns a workflow of parts that run at the same time, as one group. The last steps of the parts are its members. */
    public static Workflow group(Workflow... parts) {
        return of("group").add("group", List.of(), List.of(parts));
    }

    /** Returns a workflow that runs a task once per argument, as one group with the name of the task. */
    public static Workflow map(String task, Collection<?> arguments) {
        return of("map").map(task, task, arguments);
    }

    private static Workflow of(Step step) {
        Workflow none = of("step");
        String name = step.name() == null ? step.task() : step.name();
        return none.append(List.of(none.step(step, name, List.of())), name);
    }

    /** Chooses the id, 1 to 255 visible ASCII characters; default: a UUIDv7. */
    public Workflow id(String id) {
        return new Workflow(Checks.name("id", id, 255), name, steps, onFailure, emptyGroups, from, last, definitions);
    }

    /** Changes the name. */
    public Workflow named(String name) {
        return new Workflow(id, Checks.label("name", name), steps, onFailure, emptyGroups, from, last, definitions);
    }

    /** @param argument any value that JSON can express, or {@link #fromResult} */
    public Workflow step(String name, String task, Object argument) {
        return step(name, task, argument, TaskOptions.none());
    }

    /**
     * Adds a step.
     *
     * @param argument any value that JSON can express, or {@link #fromResult}
     * @param options the countdown begins when the step is released
     */
    public Workflow step(String name, String task, Object argument, TaskOptions options) {
        return append(List.of(step(new Step(name, task, argument, false, options, false), name, List.of())), name);
    }

    /** Adds a step of a handler's class. */
    public <A> Workflow step(String name, Class<? extends TaskHandler<A, ?>> handler, A argument) {
        return step(name, taskOf(handler), argument, TaskOptions.none());
    }

    /** Adds a step of a handler's class, whose argument is a result. */
    public Workflow step(String name, Class<? extends TaskHandler<?, ?>> handler, StepResult argument) {
        return step(name, taskOf(handler), argument, TaskOptions.none());
    }

    private static String taskOf(Class<?> handler) {
        Task task = handler.getAnnotation(Task.class);
        if (task == null) {
            throw new InvalidValueException(
                    "task",
                    "The class " + handler.getName() + " has no name. Annotate it with @Task(\"NAME.function\").");
        }
        return task.value();
    }

    /**
     * Adds a step per argument, as one group. The names of the steps are that of the group and a number: {@code resize.1}.
     *
     * @param group the name by which other steps wait for all of them, and take their results as a list
     * @param arguments may be empty: then those that wait for it start at once
     */
    public Workflow map(String group, String task, Collection<?> arguments) {
        if (arguments == null) {
            throw new InvalidValueException("arguments", "The arguments of \"" + group + "\" are null.");
        }
        List<WorkflowStep> members = new ArrayList<>();
        for (Object argument : arguments) {
            String member = group + "." + (members.size() + 1);
            members.add(step(new Step(member, task, argument, false, TaskOptions.none(), false), member, List.of())
                    .group(group));
        }
        return append(members, group);
    }

    /** Lets the step, map or part of the call before wait for these steps and groups, which may be described later. */
    public Workflow after(String... names) {
        Set<String> own = steps.subList(from, steps.size()).stream()
                .map(WorkflowStep::key)
                .collect(Collectors.toSet());
        return changeLast("after", step -> {
            if (step.after().stream().anyMatch(own::contains)) {
                return step;
            }
            List<String> all = new ArrayList<>(step.after());
            all.addAll(Arrays.asList(names));
            return step.after(all);
        });
    }

    /** Changes the options of the step or map of the call before. The countdown begins when a step is released. */
    public Workflow options(TaskOptions options) {
        return changeLast("options", step -> step.options(options));
    }

    /**
     * Lets the steps after the step or map of the call before run although it ended in FAILURE or REVOKED. Its result is null
     * then.
     */
    public Workflow continueOnFailure() {
        return changeLast("continueOnFailure", WorkflowStep::continuing);
    }

    private Workflow changeLast(String call, UnaryOperator<WorkflowStep> change) {
        if (last == null) {
            throw new InvalidValueException(
                    call,
                    "Workflow." + call + " is about the step before it, but there is none. Describe a step first.");
        }
        List<WorkflowStep> changed = new ArrayList<>(steps.subList(0, from));
        steps.subList(from, steps.size()).forEach(step -> changed.add(change.apply(step)));
        return new Workflow(id, name, changed, onFailure, emptyGroups, from, last, definitions);
    }

    /** Adds a step after the step, map or part of the call before, whose result becomes its argument; that of a group is a list. */
    public Workflow then(String task) {
        return then(Step.of(task));
    }

    /** Adds a step with an argument of its own after the step, map or part of the call before. */
    public Workflow then(String task, Object argument) {
        return then(Step.of(task, argument));
    }

    /** Adds a step after the step, map or part of the call before. */
    public Workflow then(Step step) {
        String free = free(step.name() == null ? step.task() : step.name(), step.name() == null);
        List<String> before = last == null ? List.of() : List.of(last);
        return append(List.of(resolved(step(step, free, before), before)), free);
    }

    /** Adds a part after the step, map or part of the call before. Its steps get its name in front of theirs. */
    public Workflow then(Workflow part) {
        return add(part.name + ".all", last == null ? List.of() : List.of(last), List.of(part));
    }

    /**
     * Adds the step that runs once when a step has failed, that is, ended in FAILURE. Its argument is an object with
     * {@code workflow}, {@code name}, {@code step}, {@code task}, {@code id} and {@code error} of the failed step.
     */
    public Workflow onFailure(String name, String task) {
        return onFailure(
                new WorkflowStep(definitions, name, null, task, null, BEFORE, List.of(), TaskOptions.none(), false));
    }

    /** Adds the step that runs once when a step has failed, with an argument of its own. */
    public Workflow onFailure(String name, String task, Object argument) {
        if (argument instanceof StepResult) {
            throw new InvalidValueException(
                    "onFailure.fromResult",
                    "The step for failures takes no results: a step may have none. Leave the argument out to receive the"
                            + " failed step.");
        }
        return onFailure(new WorkflowStep(
                definitions, name, null, task, argument, List.of(), List.of(), TaskOptions.none(), false));
    }

    private Workflow onFailure(WorkflowStep step) {
        if (onFailure != null) {
            throw new InvalidValueException(
                    "onFailure", "There is a step for failures already: \"" + onFailure.name() + "\".");
        }
        return new Workflow(id, name, steps, step, emptyGroups, from, last, definitions);
    }

    private WorkflowStep step(Step step, String called, List<String> after) {
        boolean result = step.argument() instanceof StepResult;
        List<String> results = result ? ((StepResult) step.argument()).steps() : List.of();
        return new WorkflowStep(
                definitions,
                called,
                null,
                step.task(),
                result ? null : step.argument(),
                step.takesResult() ? BEFORE : results,
                after,
                step.options(),
                step.continuesOnFailure());
    }

    private static WorkflowStep resolved(WorkflowStep step, List<String> before) {
        return step.results().equals(BEFORE) && !before.isEmpty() ? step.results(before) : step;
    }

    private Workflow append(List<WorkflowStep> more, String key) {
        List<WorkflowStep> all = new ArrayList<>(steps);
        all.addAll(more);
        Set<String> empty = new HashSet<>(emptyGroups);
        if (more.isEmpty()) {
            empty.add(key);
        }
        return new Workflow(id, name, all, onFailure, empty, steps.size(), key, definitions + 1);
    }

    /**
     * Adds parts that run at the same time.
     *
     * @param group the name of the group of their last steps, if these are several
     */
    private Workflow add(String group, List<String> before, List<Workflow> parts) {
        Set<String> taken = names();
        String free = free(group, taken);
        taken.add(free);
        List<WorkflowStep> added = new ArrayList<>();
        Set<String> empty = new HashSet<>(emptyGroups);
        Set<String> ends = new LinkedHashSet<>();
        int number = definitions;
        for (Workflow part : parts) {
            if (part.onFailure != null) {
                throw new InvalidValueException(
                        "onFailure",
                        "The part \"" + part.name + "\" has a step for failures. Give it to the whole workflow.");
            }
            boolean single = part.steps.size() == 1 && part.name.equals("step");
            String prefix = single ? "" : free(part.name, taken) + ".";
            if (single) {
                String called = free(part.last, taken);
                taken.add(called);
                added.add(placed(part.steps.get(0), called, null, before, List.of())
                        .definition(number++));
                ends.add(called);
                continue;
            }
            taken.add(prefix.substring(0, prefix.length() - 1));
            part.emptyGroups.forEach(name -> empty.add(prefix + name));
            Set<String> waited =
                    part.steps.stream().flatMap(step -> step.after().stream()).collect(Collectors.toSet());
            for (WorkflowStep step : part.steps) {
                List<String> after = step.after().stream().map(prefix::concat).toList();
                WorkflowStep placed = placed(
                        step,
                        prefix + step.name(),
                        step.group() == null ? null : prefix + step.group(),
                        after.isEmpty() ? before : after,
                        after);
                added.add(placed.results(
                                step.results().equals(BEFORE)
                                        ? placed.results()
                                        : step.results().stream()
                                                .map(prefix::concat)
                                                .toList())
                        .definition(number + step.definition()));
                if (!waited.contains(step.key())) {
                    ends.add(prefix + step.key());
                }
            }
            number += part.definitions;
        }
        boolean one = ends.size() == 1 && parts.size() == 1;
        String key = one ? ends.iterator().next() : free;
        List<WorkflowStep> all = new ArrayList<>(steps);
        added.forEach(step -> all.add(one || !ends.contains(step.key()) ? step : step.group(key)));
        if (ends.isEmpty()) {
            empty.add(key);
        }
        return new Workflow(id, name, all, onFailure, empty, steps.size(), key, number);
    }

    private static WorkflowStep placed(
            WorkflowStep step, String called, String group, List<String> after, List<String> inner) {
        WorkflowStep placed = new WorkflowStep(
                step.definition(),
                called,
                group,
                step.task(),
                step.argument(),
                step.results(),
                after,
                step.options(),
                step.continuesOnFailure());
        return inner.isEmpty() ? resolved(placed, after) : placed;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(emptyGroups);
        steps.forEach(step -> {
            names.add(step.name());
            names.add(step.key());
        });
        if (onFailure != null) {
            names.add(onFailure.name());
        }
        return names;
    }

    private String free(String wanted, boolean made) {
        return made ? free(wanted, names()) : wanted;
    }

    private static String free(String wanted, Set<String> taken) {
        String free = wanted;
        for (int i = 2; taken.contains(free); i++) {
            free = wanted + "-" + i;
        }
        return free;
    }

    /** Returns the chosen id, or null. */
    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Returns the steps in the order of their description, without the one for failures. */
    public List<WorkflowStep> steps() {
        return steps.stream()
                .map(step -> step.results().equals(BEFORE) ? step.results(List.of()) : step)
                .toList();
    }

    /** Returns the step for failures; null if there is none. */
    public WorkflowStep failureStep() {
        return onFailure == null ? null : onFailure.results(List.of());
    }

    /** Returns whether the step for failures takes the failed step as its argument. */
    public boolean failureIsArgument() {
        return onFailure != null && onFailure.results().equals(BEFORE);
    }

    /** Returns the groups without a member. */
    public Set<String> emptyGroups() {
        return emptyGroups;
    }
}
