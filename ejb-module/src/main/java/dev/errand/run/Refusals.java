package dev.errand.run;

import dev.errand.store.database.Causes;
import jakarta.ejb.CreateException;
import jakarta.ejb.EJBException;
import java.util.Set;

/** Detects that a server refused to call a bean, because the bean's module has not started yet or has stopped. Pure. */
final class Refusals {
    /** The beginning of the message on GlassFish and related servers, which have no exception type for it. */
    private static final String NOT_UP = "Attempt to invoke when container is in ";

    /** WildFly's exceptions for a stopped bean, and for a bean whose module is gone. */
    private static final Set<String> STOPPED = Set.of(
            "org.jboss.as.ee.component.ComponentIsStoppedException",
            "org.jboss.as.ejb3.component.EJBComponentUnavailableException",
            "org.jboss.msc.service.ServiceNotFoundException");

    private Refusals() {}

    /**
     * Returns whether the server refused to call the handler or a bean that it needs. In that case, GlassFish and
     * related servers may also report that the bean cannot be created, because the beans that it needs are gone.
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
