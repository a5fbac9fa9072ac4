package dev.errand.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The databases that there are tables for, and where they differ. */
enum Dialect {
    H2,
    POSTGRESQL,
    MARIADB;

    /** As the index has it. */
    static final String ORDER = " ORDER BY t.queue, t.priority, t.wake_at";

    /** @throws SQLException if it is none of these */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(product)) {
                return dialect;
            }
        }
        throw new SQLException("Errand has no tables for the database " + product + ". Use PostgreSQL, MariaDB or H2.");
    }

    /** Of the migrations. */
    String folder() {
        return "db/errand/" + name().toLowerCase(Locale.ROOT) + "/";
    }

    /** H2 locks every row that it would have to sort, whatever the limit; unasked it reads the index in just this order. */
    String order() {
        return unlessH2(ORDER);
    }

    /** For what is over, by the index that has it; see {@link #order}. */
    String oldest() {
        return unlessH2(" ORDER BY t.state, t.created_at");
    }

    /** A condition for the parked records of a task, which the index on them has. */
    String isParked() {
        return this == POSTGRESQL ? "(CASE WHEN t.state = 'PARKED' THEN t.task END) = ?" : "t.parked_task = ?";
    }

    /** For what a node has, or PostgreSQL reads all that waits since it has done most tasks; see {@link #order}. */
    String ofNode() {
        return unlessH2(" ORDER BY t.node, t.wake_at");
    }

    /** The index of a list of one state. H2 reads none backwards. */
    String newest() {
        return this == H2 ? "errand_task_newest" : "errand_task_state";
    }

    /** A hint after a table's name. PostgreSQL has none. */
    String index(String name) {
        return switch (this) {
            case H2 -> " USE INDEX (" + name + ")";
            case MARIADB -> " FORCE INDEX (" + name + ")";
            case POSTGRESQL -> "";
        };
    }

    /** An INSERT that writes nothing if the key is there. H2 has none, but goes on after one that fails. */
    String unlessThere(String insert) {
        return switch (this) {
            case H2 -> insert;
            case POSTGRESQL -> insert + " ON CONFLICT DO NOTHING";
            case MARIADB -> insert.replaceFirst("INSERT", "INSERT IGNORE");
        };
    }

    /** The order, where it does not make a locking SELECT lock more than its limit. */
    String unlessH2(String order) {
        return this == H2 ? "" : order;
    }
}
