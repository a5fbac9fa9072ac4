package dev.errand.tasks.datastore;

import dev.errand.api.ErrandException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** The meaning of the databases' errors. Pure. */
public final class SqlFailures {
    /** Connection, transaction rollback, out of resources, operator intervention. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57");

    /** PostgreSQL: a lock is held by another, and a lock's time-out. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** MariaDB: a lock wait that timed out or was not wanted, a row that changed, a deadlock. H2: the same. */
    private static final Set<Integer> LOCK_CODES = Set.of(1205, 1020, 1213, 50_200, 90_131, 40_001, 90_146);

    private SqlFailures() {}

    /** Returns whether the database, not the statement, is the cause, so that the same statement may succeed later. */
    public static boolean isTransient(SQLException e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (at instanceof SQLTransientException || at instanceof SQLRecoverableException) {
                return true;
            }
            if (at instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                if (sql.getSQLState() == null
                        || state.length() == 5 && TRANSIENT_CLASSES.contains(state.substring(0, 2))
                        || state.equals(LOCK_NOT_AVAILABLE)
                        || LOCK_CODES.contains(sql.getErrorCode())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the exception to throw. */
    static ErrandException of(TableName table, SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return isTransient(e)
                ? new DatastoreBusyException(
                        "The table " + table.text() + " cannot be loaded now: " + message
                                + ". Another load of the table may be running, or readers hold it.",
                        e)
                : new DatastoreException(
                        "The table " + table.text() + " could not be loaded and is unchanged. The database says: "
                                + message + ". docs/guide/load-data.md lists the rights that the database user needs.",
                        e);
    }
}
