package dev.errand.flow;

import dev.errand.config.EngineClock;
import dev.errand.store.WorkflowProgress;
import dev.errand.store.WorkflowRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The looks at workflows. Each call is a transaction of its own, so that it sees what others have committed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WorkflowChecks {
    @Inject
    private WorkflowProgress progress;

    @Inject
    private WorkflowRecords workflows;

    @Inject
    @EngineClock
    private Clock clock;

    /** Returns the ids of workflows that are not finished, in their order, after the given one. */
    public List<String> open(String after, int limit) {
        return workflows.open(after, limit);
    }

    /** Returns whether a member of this group, or the step, is not finished. */
    public boolean hasUnfinished(String workflow, String key) {
        return progress.hasUnfinished(workflow, key);
    }

    /** Returns the waiting steps that can be released, or can never run. */
    public List<String> decided(String workflow) {
        return progress.decided(workflow);
    }

    /**
     * Releases or ends some of these steps.
     *
     * @return the steps that have changed
     */
    public Set<String> settle(List<String> steps) {
        return progress.settle(steps, clock.millis());
    }

    /** Notes that a workflow is finished, if each of its steps is. */
    public void end(String workflow) {
        progress.end(workflow, clock.millis());
    }
}
