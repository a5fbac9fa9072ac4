package dev.errand.manage;

import dev.errand.api.LimitInfo;
import dev.errand.api.TaskLimits;
import dev.errand.send.CurrentUser;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.List;

/** {@link TaskLimits} for callers that have the role, under their own name. Outside a transaction, as {@link TaskControlBean}. */
@Stateless
@Interceptors(DatabaseDownInterceptor.class)
@Local(TaskLimits.class)
@DeclareRoles({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@RolesAllowed({TaskControlBean.ADMIN, TaskControlBean.VIEWER})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TaskLimitsBean implements TaskLimits {
    @Inject
    private LimitControl limits;

    @Inject
    private CurrentUser caller;

    @Override
    public List<LimitInfo> list() {
        return limits.list();
    }

    @Override
    @RolesAllowed(TaskControlBean.ADMIN)
    public LimitInfo put(String name, String rate, Integer concurrency) {
        return limits.put(name, rate, concurrency, caller.name());
    }

    @Override
    @RolesAllowed(TaskControlBean.ADMIN)
    public void remove(String name) {
        limits.remove(name, caller.name());
    }
}
