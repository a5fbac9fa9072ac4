package dev.errand.manage;

import dev.errand.api.TaskContext;
import dev.errand.api.Workflow;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.WorkflowPage;
import dev.errand.api.Workflows;
import dev.errand.flow.WorkflowStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** {@link Workflows}: starts and additions in the caller's transaction, the other calls for callers that have the role. */
@ApplicationScoped
public class WorkflowsBean implements Workflows {
    @Inject
    WorkflowStart start;

    @Inject
    WorkflowControl control;

    @Override
    public String start(Workflow workflow) {
        // outside the EJB: the caller's transaction continues after a refused name
        WorkflowStart.check(workflow);
        return start.start(workflow);
    }

    @Override
    public Map<String, String> add(TaskContext member, Workflow more) {
        WorkflowStart.check(more);
        return start.add(member, more);
    }

    @Override
    public Optional<WorkflowInfo> find(String id) {
        return control.find(id);
    }

    @Override
    public WorkflowPage list(int limit, String cursor) {
        return control.list(limit, cursor);
    }

    @Override
    public WorkflowInfo revoke(String id) {
        return control.revoke(id);
    }

    @Override
    public WorkflowInfo retry(String id) {
        return control.retry(id);
    }
}
