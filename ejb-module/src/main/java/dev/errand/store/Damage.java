package dev.errand.store;

import java.sql.SQLException;

/**
 * A task whose row and indexes disagree.
 *
 * @param state of the row
 * @param indexed the state that the index has, which is the one that was committed last; null if the index has none
 */
public record Damage(String id, String task, String state, String indexed) {
    /** H2 cannot take the row's old values out of an index that does not have them. */
    private static final String ROW_NOT_IN_INDEX = "90112";

    /** Whether a change failed because its row is damaged. */
    public static boolean explains(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && ROW_NOT_IN_INDEX.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "%s[%s]: the row says %s, the index says %s".formatted(task, id, state, indexed);
    }
}
