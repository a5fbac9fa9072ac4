package dev.errand.manage;

import dev.errand.api.DatabaseAwayException;
import dev.errand.api.ErrandException;
import dev.errand.store.Outage;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;

/** Tells callers in one clear word that the database is away, and does not try it while that is known. */
public class WithoutDatabase {
    private static final String AWAY = "Errand's database does not answer. Try again when it is back.";

    @Inject
    private Outage outage;

    @AroundInvoke
    Object call(InvocationContext call) throws Exception {
        if (outage.lasts()) {
            throw new DatabaseAwayException(AWAY, null);
        }
        try {
            return call.proceed();
        } catch (ErrandException e) {
            throw e;
        } catch (RuntimeException e) {
            throw outage.explains(e) ? new DatabaseAwayException(AWAY, e) : e;
        }
    }
}
