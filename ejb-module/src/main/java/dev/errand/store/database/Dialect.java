package dev.errand.store.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The supported databases and their differences. */
public enum Dialect {
    H2,
    POSTGRESQL,
    MARIADB;

    /** The order of the index. */
    public static final String ORDER = " ORDER BY t.application, t.queue, t.priority, t.wake_at";

    /**
     * Finds the database of a connection.
     *
     * @throws SQLException if it is not supported
     */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect dialect : values()) {
            if (dialect.name().equalsIgnoreCase(product)) {
                return dialect;
            }
        }
        throw new SQLException("Errand has no tables for the database " + product + ". Use PostgreSQL, MariaDB or H2.");
    }

    /** Returns the folder of the migrations. */
    public String folder() {
        return "db/errand/" + name().toLowerCase(Locale.ROOT) + "/";
    }

    /**
     * Returns the order of due tasks. H2 locks every row that it would have to sort, whatever the limit; without an
     * ORDER BY, it reads the index in exactly this order.
     */
    public String order() {
        return unlessH2(ORDER);
    }

    /** Returns the order of finished tasks, as the index has it; see {@link #order}. */
    public String oldest() {
        return unlessH2(" ORDER BY t.state, t.created_at");
    }

    /** Returns the name of a parked task as the index on them has it; null for other tasks. */
    public String parkedTask() {
        return this == POSTGRESQL ? "(CASE WHEN t.state = 'PARKED' THEN t.task END)" : "t.parked_task";
    }

    /**
     * Returns the order of a node's tasks. Without it, PostgreSQL may read all waiting tasks, because the node has done
     * most tasks; see {@link #order}.
     */
    public String ofNode() {
        return unlessH2(" ORDER BY t.node, t.wake_at");
    }

    /** Returns the index for a list of one state. H2 reads no index backwards. */
    public String newest() {
        return this == H2 ? "errand_task_newest" : "errand_task_state";
    }

    /** Returns an index hint that follows a table's name. PostgreSQL has no hints. */
    public String index(String name) {
        return switch (this) {
            case H2 -> " USE INDEX (" + name + ")";
            case MARIADB -> " FORCE INDEX (" + name + ")";
            case POSTGRESQL -> "";
        };
    }

    /**
     * Returns an INSERT that writes nothing if the key exists. H2 has no such statement, but a transaction can continue
     * after a failed INSERT.
     */
    public String unlessThere(String insert) {
        return switch (this) {
            case H2 -> insert;
            case POSTGRESQL -> insert + " ON CONFLICT DO NOTHING";
            case MARIADB -> insert.replaceFirst("INSERT", "INSERT IGNORE");
        };
    }

    /**
     * Returns the SELECT of the database's clock, in milliseconds since 1970 (UTC). In a transaction of H2, it is the time of
     * the begin.
     */
    public String clock() {
        return switch (this) {
            case H2 ->
                "SELECT DATEDIFF('MILLISECOND', TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00:00', CURRENT_TIMESTAMP)";
            case POSTGRESQL -> "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
            case MARIADB -> "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3)) DIV 1000";
        };
    }

    /** Returns the order where it does not make a locking SELECT lock more rows than its limit. */
    public String unlessH2(String order) {
        return this == H2 ? "" : order;
    }
}
