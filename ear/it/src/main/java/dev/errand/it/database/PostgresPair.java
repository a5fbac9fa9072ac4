package dev.errand.it.database;

import dev.errand.it.server.ServerProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** A PostgreSQL and its synchronous standby, which takes over when the first one dies. */
public final class PostgresPair implements Database {
    private final PostgresProcess first;
    private final PostgresProcess second;
    private PostgresProcess primary;

    /** Both servers are started; the standby has the next port. */
    public PostgresPair(String name, int port) {
        first = new PostgresProcess(name, port).start();
        second = first.startStandby(name + "-standby", port + 1);
        primary = first;
    }

    /** Ends the primary server as in a power cut, and promotes the standby. */
    public void failOver() {
        primary.crash();
        second.promote();
        primary = second;
    }

    @Override
    public Connection connect() throws SQLException {
        return primary.connect();
    }

    @Override
    public int cutConnections(Random random) {
        return primary.cutConnections(random);
    }

    /** The URL is the one of docs/install/postgresql-failover.md. */
    @Override
    public ServerProcess at(ServerProcess server) {
        String url = "jdbc:postgresql://localhost:" + first.port() + ",localhost:" + second.port()
                + "/postgres?targetServerType=primary&amp;connectTimeout=5&amp;socketTimeout=60&amp;tcpKeepAlive=true";
        return server.onDatabase(org.postgresql.Driver.class, url, "postgres", "any");
    }

    @Override
    public void close() {
        if (primary == first) {
            first.close();
        }
        second.close();
    }
}
