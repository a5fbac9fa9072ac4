package dev.errand.manage.jmx;

import dev.errand.send.CurrentUser;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.Principal;
import java.util.Optional;
import javax.security.auth.Subject;

/** The caller of an MBean: the log-in to the JMX connector, if the connector passes it on. */
final class JmxCaller {
    /** The name of the caller for a connector that passes none on. */
    static final String UNKNOWN = "jmx";

    private static final MethodHandle SUBJECT = subject();

    private JmxCaller() {}

    /** @param session for a server that passes the log-in to its management on to applications */
    static String name(CurrentUser session) {
        return Optional.ofNullable(current())
                .flatMap(subject -> subject.getPrincipals().stream().findFirst())
                .map(Principal::getName)
                .or(() -> Optional.ofNullable(session.name()))
                .orElse(UNKNOWN);
    }

    private static Subject current() {
        try {
            return (Subject) SUBJECT.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("The caller of the MBean cannot be determined: " + e, e);
        }
    }

    /**
     * Returns Subject.current(), which Java 18 introduced. The methods of Java 17 in its place do not work in the latest
     * versions.
     */
    @SuppressWarnings("removal")
    private static MethodHandle subject() {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            return lookup.findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
        } catch (NoSuchMethodException e) {
            return ofJava17(lookup);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("removal")
    private static MethodHandle ofJava17(MethodHandles.Lookup lookup) {
        try {
            MethodHandle context = lookup.findStatic(
                    AccessController.class, "getContext", MethodType.methodType(AccessControlContext.class));
            MethodHandle subject = lookup.findStatic(
                    Subject.class, "getSubject", MethodType.methodType(Subject.class, AccessControlContext.class));
            return MethodHandles.filterReturnValue(context, subject);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
