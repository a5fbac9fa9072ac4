package dev.errand.run;

import dev.errand.store.Causes;
import jakarta.ejb.CreateException;
import jakarta.ejb.EJBException;
import java.util.Set;

/** Refusals of a server to call a bean, since the bean's module is not up yet, or not any more. Pure. */
final class Refusals {
    /** GlassFish and its kin have no exception type for it; their message begins so. */
    private static final String NOT_UP = "Attempt to invoke when container is in ";

    /** WildFly's exceptions for a bean that is stopped, and for a bean whose module is gone. */
    private static final Set<String> STOPPED = Set.of(
            "org.jboss.as.ee.component.ComponentIsStoppedException",
            "org.jboss.as.ejb3.component.EJBComponentUnavailableException",
            "org.jboss.msc.service.ServiceNotFoundException");

    private Refusals() {}

    /**
     * Returns whether the server refused to call the handler or a bean that it needs. GlassFish and its kin also say then that
     * the bean cannot be created, as the beans that it needs are gone.
     */
    static boolean isRefusal(Throwable error) {
        return Causes.any(
                error,
                cause -> cause instanceof CreateException
                        || STOPPED.contains(cause.getClass().getName())
                        || cause.getClass() == EJBException.class
                                && String.valueOf(cause.getMessage()).startsWith(NOT_UP));
    }
}
