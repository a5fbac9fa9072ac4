package dev.errand.flow;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.DuplicateTaskException;
import dev.errand.api.ErrandException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskStateException;
import dev.errand.api.Workflow;
import dev.errand.config.EngineClock;
import dev.errand.flow.WorkflowPlan.Planned;
import dev.errand.send.CurrentUser;
import dev.errand.send.StepTasks;
import dev.errand.store.FinishListener;
import dev.errand.store.TaskRecord;
import dev.errand.store.WorkflowRecords;
import dev.errand.store.WorkflowRecords.After;
import dev.errand.store.WorkflowRecords.Step;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.store.database.SqlErrors;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Inserts workflows and added steps in the caller's transaction, or in a transaction of its own if there is none. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class WorkflowStart {
    @Inject
    private StepTasks tasks;

    @Inject
    private WorkflowRecords records;

    @Inject
    private FinishListener listener;

    @Inject
    private CurrentUser caller;

    @Inject
    private DatabaseMonitor monitor;

    @Inject
    @EngineClock
    private Clock clock;

    /**
     * Checks the names of a workflow.
     *
     * @throws InvalidValueException naming the field at fault
     */
    public static void check(Workflow workflow) {
        if (workflow == null) {
            throw new InvalidValueException(null, "The workflow is null. Begin one with Workflow.of.");
        }
        WorkflowPlan.of(workflow);
    }

    /**
     * Starts a workflow.
     *
     * @return its id
     */
    public String start(Workflow workflow) {
        List<Planned> planned = WorkflowPlan.of(workflow);
        String id = workflow.id() == null ? tasks.newId() : workflow.id();
        return call("workflow \"" + workflow.name() + "\"[" + id + "]", () -> {
            long now = clock.millis();
            if (!records.find(id).isEmpty()) {
                throw new DuplicateTaskException("A workflow with the id \"" + id
                        + "\" exists already. Choose another id, or leave it out. Nothing was sent.");
            }
            insert(id, planned, 0, now, () -> records.insert(id, workflow.name(), caller.name(), now));
            return id;
        });
    }

    /** Adds steps; see {@link dev.errand.api.Workflows#add}. */
    public Map<String, String> add(TaskContext member, Workflow more) {
        if (member == null) {
            throw new InvalidValueException(null, "The context of the task is null. Give that of the handler.");
        }
        if (member.workflow() == null) {
            throw new TaskStateException("The task \"" + member.id()
                    + "\" is no step of a workflow, so nothing can be added to it. Start a workflow instead.");
        }
        if (more.failureStep() != null) {
            throw new InvalidValueException(
                    "onFailure", "A step for failures cannot be added. Give it to the workflow at its start.");
        }
        List<Planned> planned = WorkflowPlan.of(more);
        String id = member.workflow();
        return call("addition to the workflow [" + id + "]", () -> {
            Step own = records.step(member.id()).stream()
                    .findFirst()
                    .orElseThrow(() -> new TaskStateException(
                            "The task \"" + member.id() + "\" is not known any more. Nothing was added."));
            check(member, own);
            List<String> taken = records.taken(
                    id, planned.stream().map(step -> step.step().name()).toList());
            if (!taken.isEmpty()) {
                Planned at = planned.stream()
                        .filter(step -> step.step().name().equals(taken.get(0)))
                        .findFirst()
                        .orElseThrow();
                throw new InvalidValueException(
                        at.field() + ".name",
                        "The workflow [" + id + "] has a step \"" + taken.get(0) + "\" already. Choose another name.");
            }
            return insert(id, joined(planned, own.key()), records.lastPlace(id), clock.millis(), () -> {});
        });
    }

    private void check(TaskContext member, Step own) {
        if (own.key().isEmpty()) {
            throw new TaskStateException("The step for failures \"" + own.step()
                    + "\" cannot add steps. Start a workflow instead. Nothing was added.");
        }
        boolean open = records.find(own.workflow()).stream().anyMatch(row -> row.finishedAt() == 0 && !row.revoked());
        if (!open) {
            throw new TaskStateException("The workflow [" + own.workflow()
                    + "] is finished or revoked, so nothing can be added to it. Nothing was added.");
        }
        List<String> released = records.releasedAfter(own.workflow(), own.key());
        if (!released.isEmpty()) {
            throw new TaskStateException("The step \"" + released.get(0) + "\" has not waited for the task \""
                    + member.id() + "\": another node has taken the task over, and finished it. Nothing was added.");
        }
    }

    /** Lets those wait for the last added steps that wait for the member. */
    private static List<Planned> joined(List<Planned> planned, String key) {
        Set<String> waited =
                planned.stream().flatMap(step -> step.after().stream()).collect(Collectors.toSet());
        return planned.stream()
                .map(step -> waited.contains(step.key())
                        ? step
                        : new Planned(step.field(), step.step(), key, step.after(), step.input()))
                .toList();
    }

    private Map<String, String> insert(String id, List<Planned> planned, int lastPlace, long now, Runnable first) {
        List<TaskRecord> tasksOfSteps = new ArrayList<>();
        List<TaskRecord> chosen = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        List<After> afters = new ArrayList<>();
        Map<String, String> ids = new LinkedHashMap<>();
        Set<String> keys = planned.stream().map(Planned::key).collect(Collectors.toCollection(HashSet::new));
        boolean look = false;
        for (Planned step : planned) {
            TaskOptions options = step.step().options();
            TaskRecord record = tasks.record(
                    new StepTasks.Order(
                            step.field(),
                            id,
                            step.step().name(),
                            step.step().task(),
                            step.step().argument(),
                            options,
                            step.waits()),
                    now);
            tasksOfSteps.add(record);
            if (options.id() != null || options.uniqueKey() != null) {
                chosen.add(record);
            }
            ids.put(step.step().name(), record.id());
            steps.add(new Step(
                    record.id(),
                    id,
                    step.step().name(),
                    step.key(),
                    lastPlace - steps.size() - 1,
                    step.step().continuesOnFailure(),
                    step.input(),
                    options.countdown() == null ? null : options.countdown().toMillis()));
            step.after().forEach(key -> afters.add(new After(record.id(), key, id)));
            // nothing that finishes will release it
            look |= !step.after().isEmpty() && step.after().stream().noneMatch(keys::contains);
        }
        first.run();
        tasks.insert(tasksOfSteps, chosen, now);
        records.insertSteps(steps, afters);
        if (look) {
            listener.check(id);
        }
        return ids;
    }

    private <T> T call(String what, Supplier<T> call) {
        if (monitor.isDown()) {
            throw away(what, "does not answer", null);
        }
        try {
            return call.get();
        } catch (ErrandException e) {
            throw e;
        } catch (RuntimeException e) {
            if (SqlErrors.constraintViolated(e)) {
                throw new DuplicateTaskException("An id of the " + what
                        + " was taken at this moment. The transaction is lost; nothing was sent.");
            }
            throw away(what, monitor.isCauseOf(e) ? "does not answer" : "did not accept it", e);
        }
    }

    private static DatabaseUnavailableException away(String what, String why, Exception cause) {
        return new DatabaseUnavailableException(
                "The " + what + " was not sent: the database " + why + ". Try again later.", cause);
    }
}
