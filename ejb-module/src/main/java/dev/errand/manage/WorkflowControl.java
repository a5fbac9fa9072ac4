package dev.errand.manage;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskState;
import dev.errand.api.TaskStateException;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.WorkflowPage;
import dev.errand.log.LogMessage;
import dev.errand.send.CurrentUser;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.Optional;

/** The calls of {@link dev.errand.api.Workflows} that need a role, under the caller's name. It runs outside a transaction. */
@Stateless
@Interceptors(DatabaseDownInterceptor.class)
@DeclareRoles({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@RolesAllowed({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WorkflowControl {
    private static final int MOST = 1_000;

    @Inject
    private WorkflowAdministration operations;

    @Inject
    private CurrentUser caller;

    public Optional<WorkflowInfo> find(String id) {
        return operations.find(id);
    }

    public WorkflowPage list(int limit, String cursor) {
        if (limit < 1 || limit > MOST) {
            throw new InvalidValueException("limit", "limit " + limit + " is not between 1 and " + MOST + ".");
        }
        return operations.list(limit, cursor);
    }

    @RolesAllowed(TaskControlBean.ADMIN)
    public WorkflowInfo revoke(String id) {
        WorkflowInfo workflow = operations.known(id);
        if (workflow.state().finished()) {
            throw new TaskStateException("Each step of the workflow \"" + id + "\" is finished (" + workflow.state()
                    + "): there is nothing left to revoke.");
        }
        String by = caller.name();
        operations.beginRevoke(id);
        boolean more = true;
        while (more) {
            more = operations.revokeSome(id, by);
        }
        LogMessage.WORKFLOW_BY.log(id, "revoked", LogMessage.nameOf(by));
        return operations.known(id);
    }

    @RolesAllowed(TaskControlBean.ADMIN)
    public WorkflowInfo retry(String id) {
        WorkflowInfo workflow = operations.known(id);
        if (!workflow.counts().containsKey(TaskState.FAILURE)
                && !workflow.counts().containsKey(TaskState.REVOKED)) {
            throw new TaskStateException(
                    "No step of the workflow \"" + id + "\" ended in FAILURE or REVOKED: there is nothing to retry.");
        }
        String by = caller.name();
        operations.beginRetry(id);
        Integer place = 0;
        while (place != null) {
            place = operations.retrySome(id, place, by);
        }
        operations.endRetry(id);
        LogMessage.WORKFLOW_BY.log(id, "retried", LogMessage.nameOf(by));
        return operations.known(id);
    }
}
