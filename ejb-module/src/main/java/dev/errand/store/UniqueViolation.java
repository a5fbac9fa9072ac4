package dev.errand.store;

import java.sql.SQLException;

/** An id or a unique key that another row has already. Each server and JPA wrap what the database says in their own way. */
public final class UniqueViolation {
    private UniqueViolation() {}

    /** Says whether a broken constraint is among the causes. The tables have no constraints of another kind that a value can break. */
    public static boolean in(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }
}
