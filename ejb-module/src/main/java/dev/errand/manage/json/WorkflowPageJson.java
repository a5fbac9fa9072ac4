package dev.errand.manage.json;

import dev.errand.api.WorkflowPage;
import java.util.List;

/** A page of workflows as JSON. */
public record WorkflowPageJson(List<WorkflowJson> workflows, String next) {
    public static WorkflowPageJson of(WorkflowPage page) {
        return new WorkflowPageJson(
                page.workflows().stream().map(WorkflowJson::listed).toList(), page.next());
    }
}
