package dev.errand.store.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Predicate;

/** The meaning of SQLSTATEs and vendor codes anywhere in an exception. No other code reads them. Pure. */
public final class SqlErrors {
    /**
     * The classes of SQLSTATEs for connection, transaction rollback (deadlock, serialization), out of resources,
     * operator intervention.
     */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");

    /**
     * PostgreSQL's states for a connection that it closes: an administrator ended it, the server crashes, the server
     * stops.
     */
    private static final Set<String> CLOSED = Set.of("57P01", "57P02", "57P03");

    /** MariaDB's codes under the state HY000: a lock wait that timed out, a row that changed since it was read. */
    private static final Set<Integer> CONFLICT_CODES = Set.of(1205, 1020);

    /** H2: another transaction held a lock for longer than the lock timeout. */
    private static final int H2_LOCK_TIMEOUT = 50_200;

    private static final Set<String> NO_RIGHTS = Set.of("42501", "90096");

    /** MariaDB's codes for a missing right: on the database, on the table. */
    private static final Set<Integer> NO_RIGHTS_CODES = Set.of(1044, 1142);

    private SqlErrors() {}

    /** Returns whether the database, not the work, is the cause, so that the same work may succeed later. */
    public static boolean databaseTrouble(Throwable error) {
        return Causes.any(
                error,
                cause -> cause instanceof SQLTransientException
                        || cause instanceof SQLRecoverableException
                        || cause instanceof SQLException sql
                                && (TRANSIENT_CLASSES.contains(sqlClass(sql)) || isConflict(sql)));
    }

    /** Returns whether two transactions were in conflict, and the database rolled this one back. */
    public static boolean conflict(Throwable error) {
        // H2 reports a row that disagrees with its index as a lock timeout: that one does not pass
        return anySql(error, SqlErrors::isConflict) && !rowNotInIndex(error);
    }

    /** Returns whether a connection to some database was lost. */
    public static boolean connectionLost(Throwable error) {
        return anySql(error, sql -> isClass(sql, "08") || CLOSED.contains(String.valueOf(sql.getSQLState())));
    }

    /**
     * Returns whether the error came without an answer from the database: no connection, no resources, or the database
     * stops. A pool without a free connection throws an exception without a state.
     */
    public static boolean noAnswer(Throwable error) {
        return anySql(
                error,
                sql -> sql.getSQLState() == null
                        || isClass(sql, "08")
                        || isClass(sql, "53")
                        || sql.getSQLState().startsWith("57P"));
    }

    /** Returns whether the database user lacks the right. */
    public static boolean noRights(Throwable error) {
        return anySql(
                error,
                sql -> NO_RIGHTS.contains(String.valueOf(sql.getSQLState()))
                        || NO_RIGHTS_CODES.contains(sql.getErrorCode()));
    }

    /**
     * Returns whether a change failed because row and index disagree: H2 cannot delete the row's old values from the
     * index.
     */
    public static boolean rowNotInIndex(Throwable error) {
        return anySql(error, sql -> "90112".equals(sql.getSQLState()));
    }

    /** Returns whether a constraint was violated, for example by a duplicate key. */
    public static boolean constraintViolated(Throwable error) {
        return anySql(
                error, sql -> sql.getSQLState() != null && sql.getSQLState().startsWith("23"));
    }

    private static boolean anySql(Throwable error, Predicate<SQLException> test) {
        return Causes.any(error, cause -> cause instanceof SQLException sql && test.test(sql));
    }

    private static boolean isConflict(SQLException e) {
        return isClass(e, "40")
                || "HY000".equals(e.getSQLState()) && CONFLICT_CODES.contains(e.getErrorCode())
                || "HYT00".equals(e.getSQLState()) && e.getErrorCode() == H2_LOCK_TIMEOUT;
    }

    private static boolean isClass(SQLException e, String sqlClass) {
        return sqlClass.equals(sqlClass(e));
    }

    private static String sqlClass(SQLException e) {
        return e.getSQLState() == null || e.getSQLState().length() != 5
                ? ""
                : e.getSQLState().substring(0, 2);
    }
}
