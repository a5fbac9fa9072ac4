package dev.errand.outcome;

import dev.errand.json.Secrets;
import dev.errand.store.ErrorText;
import jakarta.ejb.CreateException;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/** Exceptions to what is kept of them. Pure. */
public final class Errors {
    /** Connection, transaction rollback (deadlock, serialization), out of resources, operator intervention. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");

    /** What the database says of a connection that it closes, besides the class 08: somebody ended it, it crashes, it stops. */
    private static final Set<String> CLOSED = Set.of("57P01", "57P02", "57P03");

    /** MariaDB, which has no SQLSTATE of their own for them: a lock that was waited for too long, a row changed since it was read. */
    private static final Set<Integer> CONFLICT_CODES = Set.of(1205, 1020);

    /** How GlassFish and its kin begin it; the exception has no type of its own. */
    private static final String NOT_UP = "Attempt to invoke when container is in ";

    /** WildFly's, for a bean that is stopped, and for one whose module is gone. */
    private static final Set<String> STOPPED = Set.of(
            "org.jboss.as.ee.component.ComponentIsStoppedException",
            "org.jboss.as.ejb3.component.EJBComponentUnavailableException",
            "org.jboss.msc.service.ServiceNotFoundException");

    private static final int MAX_DEPTH = 20;

    /** A message may quote megabytes; the log and the table get its beginning. */
    private static final int MAX_CHARS = 4_000;

    private Errors() {}

    /** What the handler threw, without what the EJB container wrapped it in. */
    public static Throwable unwrap(Throwable error) {
        Throwable inner = error;
        for (int depth = 0; inner instanceof EJBException && inner.getCause() != null && depth < MAX_DEPTH; depth++) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** @param secrets what nobody is shown */
    public static ErrorText text(Throwable error, int traceMaxChars, Secrets secrets) {
        return new ErrorText(
                error.getClass().getName(),
                secrets.hide(message(error), MAX_CHARS),
                Traces.text(error, traceMaxChars, secrets));
    }

    private static String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (RuntimeException e) {
            return "(It cannot tell its message: " + e.getClass().getName() + ")";
        }
    }

    /** What an exception says of itself, for the log and the trace; it must not keep the outcome from being recorded. */
    static String line(Throwable error, Secrets secrets) {
        try {
            return secrets.hide(error.toString(), MAX_CHARS);
        } catch (RuntimeException e) {
            return error.getClass().getName() + ": " + secrets.hide(message(error), MAX_CHARS);
        }
    }

    /** Whether the database, and not the work, is at fault, so that the same again may well succeed. */
    public static boolean databaseTrouble(Throwable error) {
        return any(
                error,
                MAX_DEPTH,
                cause -> cause instanceof SQLTransientException
                        || cause instanceof SQLRecoverableException
                        || cause instanceof SQLException sql
                                && (TRANSIENT_CLASSES.contains(sqlClass(sql)) || conflict(sql)));
    }

    /** Whether two transactions got into each other's way: nobody's fault, and nothing was written. */
    public static boolean conflict(Throwable error) {
        return any(error, MAX_DEPTH, cause -> cause instanceof SQLException sql && conflict(sql));
    }

    private static boolean conflict(SQLException e) {
        return "40".equals(sqlClass(e)) || "HY000".equals(e.getSQLState()) && CONFLICT_CODES.contains(e.getErrorCode());
    }

    /** Whether somebody has lost a connection to a database; which one it does not tell. */
    public static boolean connectionLost(Throwable error) {
        return any(
                error,
                MAX_DEPTH,
                cause -> cause instanceof SQLException sql
                        && ("08".equals(sqlClass(sql)) || CLOSED.contains(String.valueOf(sql.getSQLState()))));
    }

    /**
     * Whether the server refused to call a bean, since that bean's module is not up yet, or not any more. GlassFish and its kin
     * then say, too, that the bean cannot be created: those that it needs are gone already.
     */
    public static boolean refused(Throwable error) {
        return any(
                error,
                MAX_DEPTH,
                cause -> cause instanceof CreateException
                        || STOPPED.contains(cause.getClass().getName())
                        || cause.getClass() == EJBException.class
                                && String.valueOf(cause.getMessage()).startsWith(NOT_UP));
    }

    private static String sqlClass(SQLException e) {
        return e.getSQLState() == null || e.getSQLState().length() != 5
                ? ""
                : e.getSQLState().substring(0, 2);
    }

    /** Transaction managers hide what went wrong in the commit among the suppressed. */
    private static boolean any(Throwable error, int depth, Predicate<Throwable> what) {
        if (error == null || depth == 0) {
            return false;
        }
        return what.test(error)
                || any(error.getCause(), depth - 1, what)
                || Arrays.stream(error.getSuppressed()).anyMatch(suppressed -> any(suppressed, depth - 1, what));
    }
}
