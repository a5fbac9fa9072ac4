package dev.errand.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The one PostgreSQL, with a database per system, and the cost of each system in it. */
final class Database {
    private final EmbeddedPostgres postgres;
    private final ProcessHandle postmaster;

    Database(EmbeddedPostgres postgres) throws SQLException {
        this.postgres = postgres;
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            // as long as it is open, its process is there to ask
            postmaster = ProcessHandle.of(number(connection, "SELECT pg_backend_pid()"))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
        count(false);
    }

    /**
     * Makes an empty one.
     *
     * @return its URL
     */
    String create(String system) throws SQLException {
        String name = name(system);
        execute("CREATE DATABASE " + name);
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name + "?reWriteBatchedInserts=true";
    }

    private static String name(String system) {
        return "bench_" + system.replaceAll("\\W", "_");
    }

    /** No system shall pay for what another has left to be written. */
    void settle() throws SQLException {
        execute("CHECKPOINT");
    }

    long commits(String system) throws SQLException {
        return number("SELECT xact_commit FROM pg_stat_database WHERE datname = '" + name(system) + "'");
    }

    long walBytes() throws SQLException {
        return number("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
    }

    /** Of all the server's processes, with those that have ended: pools renew their connections. */
    double cpuSeconds() {
        return cpuSeconds(postmaster.pid(), 4)
                + postmaster
                        .descendants()
                        .mapToDouble(process -> cpuSeconds(process.pid()))
                        .sum();
    }

    /** User's and system's, of a process, all threads. */
    static double cpuSeconds(long pid) {
        return cpuSeconds(pid, 2);
    }

    /** @param fields 2, or 4 with those of its children that have ended */
    private static double cpuSeconds(long pid, int fields) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] all = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(all, 11, 11 + fields)
                            .mapToLong(Long::parseLong)
                            .sum()
                    / 100.0;
        } catch (IOException e) {
            // it has ended in this moment
            return 0;
        }
    }

    /** Begins or ends the count of statements; it costs a little, so it is off where speed is measured. */
    void count(boolean on) throws SQLException {
        execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        execute("ALTER SYSTEM SET pg_stat_statements.track = " + (on ? "top" : "none"));
        execute("SELECT pg_reload_conf(), pg_stat_statements_reset()");
    }

    /** Since the count began, without those that begin and end a transaction. */
    long statements(String system) throws SQLException {
        return number("SELECT COALESCE(SUM(calls), 0)" + statementsOf(system)
                + " AND query !~* '^(begin|commit|rollback|start transaction)'");
    }

    /** Of the statements with this text in them, since the count began; how long one took. */
    double meanMillis(String system, String text) throws SQLException {
        return number("SELECT COALESCE(1000 * SUM(total_exec_time) / SUM(calls), 0)" + statementsOf(system)
                        + " AND query LIKE '%" + text + "%'")
                / 1000.0;
    }

    private static String statementsOf(String system) {
        return " FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = '" + name(system)
                + "'";
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            return number(connection, sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
