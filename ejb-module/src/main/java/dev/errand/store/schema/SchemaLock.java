package dev.errand.store.schema;

import dev.errand.store.database.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Lets one node at a time check and create the tables. Flyway's own lock comes too late for that: it needs its table,
 * and tables that are only partly created look broken. On H2, the first CREATE TABLE ends that lock as well. This lock
 * has a connection of its own, and ends with it.
 */
enum SchemaLock {
    H2 {
        @Override
        void hold(Connection connection, Work work) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                int timeout = number(statement, "SELECT LOCK_TIMEOUT()");
                statement.execute("SET LOCK_TIMEOUT " + WAIT_SECONDS * 1000);
                try {
                    // temporary: nothing of it stays in the file, and every process that has the file open sees it
                    statement.execute(
                            "CREATE GLOBAL TEMPORARY TABLE IF NOT EXISTS errand_schema_lock (id INTEGER PRIMARY KEY)");
                    inTransaction(connection, "INSERT INTO errand_schema_lock (id) VALUES (1)", work);
                } finally {
                    statement.execute("SET LOCK_TIMEOUT " + timeout);
                }
            }
        }
    },
    POSTGRESQL {
        @Override
        void hold(Connection connection, Work work) throws SQLException {
            inTransaction(
                    connection,
                    "SET LOCAL lock_timeout = '" + WAIT_SECONDS + "s'; SELECT pg_advisory_xact_lock(111542219664996)",
                    work);
        }
    },
    MARIADB {
        @Override
        void hold(Connection connection, Work work) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                // the name is global to the server, the tables belong to one database; 64 characters, with a prefix
                if (number(
                                statement,
                                "SELECT GET_LOCK(CONCAT('errand_schema ', LEFT(MD5(DATABASE()), 30)), " + WAIT_SECONDS
                                        + ")")
                        != 1) {
                    throw new SQLException("Another node has been creating the tables for " + WAIT_SECONDS + " s.");
                }
                try {
                    work.run();
                } finally {
                    statement.execute("SELECT RELEASE_LOCK(CONCAT('errand_schema ', LEFT(MD5(DATABASE()), 30)))");
                }
            }
        }
    };

    /**
     * An upgrade creates indexes on tables of any size. A node that waits in vain must report it before its server
     * gives up.
     */
    private static final int WAIT_SECONDS = 240;

    static SchemaLock of(Dialect dialect) {
        return valueOf(dialect.name());
    }

    interface Work {
        void run() throws SQLException;
    }

    abstract void hold(Connection connection, Work work) throws SQLException;

    void hold(DataSource dataSource, Work work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            hold(connection, work);
        }
    }

    private static void inTransaction(Connection connection, String lock, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(lock);
            work.run();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
