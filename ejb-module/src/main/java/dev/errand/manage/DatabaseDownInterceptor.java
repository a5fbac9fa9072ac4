package dev.errand.manage;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.ErrandException;
import dev.errand.api.TaskStateException;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.store.database.SqlErrors;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;

/**
 * Interceptor that reports an outage of the database, or the lack of a connection, as one clear exception. While the database
 * is known to be away, it does not try the call.
 */
public class DatabaseDownInterceptor {
    private static final String AWAY = "Errand's database does not answer. Try again when it is back.";
    private static final String DAMAGED =
            "The row and the indexes of the task disagree, so that H2 cannot change it. The operation damaged of the MBean"
                    + " dev.errand:type=Tasks lists such tasks; docs/install/h2.md (\"Repair a damaged file\") explains the"
                    + " repair.";
    private static final String NO_CONNECTION =
            "Errand had no connection to its database: all were in use, or it was cut. Try again.";

    @Inject
    DatabaseMonitor monitor;

    @AroundInvoke
    Object call(InvocationContext call) throws Exception {
        if (monitor.isDown()) {
            throw new DatabaseUnavailableException(AWAY, null);
        }
        try {
            return call.proceed();
        } catch (ErrandException e) {
            throw e;
        } catch (RuntimeException e) {
            if (SqlErrors.rowNotInIndex(e)) {
                throw new TaskStateException(DAMAGED);
            }
            if (monitor.isCauseOf(e)) {
                throw new DatabaseUnavailableException(AWAY, e);
            }
            throw SqlErrors.noAnswer(e) ? new DatabaseUnavailableException(NO_CONNECTION, e) : e;
        }
    }
}
