package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.api.Workflow;
import dev.errand.api.Workflows;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** A step that notes its run and returns its argument. "grow" adds two members to its group; "start" starts a workflow and fails. */
@Stateless
@Task("it.flow")
public class FlowTask implements TaskHandler<Object, Object> {
    @Inject
    private Ledger ledger;

    @Inject
    private Workflows workflows;

    @Override
    public Object handle(Object argument, TaskContext task) {
        ledger.write(task.id(), "run " + task.retries());
        if ("grow".equals(argument)) {
            workflows.add(task, Workflow.of("more").map("added", "it.flow", List.of(10, 20)));
            return "grown";
        }
        if ("start".equals(argument)) {
            workflows.start(Workflow.of("never").id(task.id() + "-flow").step("a", "it.flow", 1));
            throw new IllegalStateException("after the start");
        }
        return argument;
    }
}
