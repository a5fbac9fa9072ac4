package dev.errand.it.database;

import ch.vorburger.exec.ManagedProcessException;
import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** A real MariaDB with one database, "errand". */
public final class MariaDbProcess implements Database {
    private final MariaDb mariaDb;

    public MariaDbProcess() {
        try {
            mariaDb = new MariaDb();
            mariaDb.fresh("errand");
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return mariaDb.asAdministrator("errand");
    }

    @Override
    public int cutConnections(Random random) {
        List<String> cut = Database.aThird(
                select("SELECT id FROM information_schema.processlist WHERE user = '" + MariaDb.USER + "' ORDER BY id"),
                random);
        cut.forEach(this::kill);
        return cut.size();
    }

    private void kill(String connection) {
        try {
            execute("KILL " + connection);
        } catch (AssertionError e) {
            // it has ended by itself
        }
    }

    @Override
    public ServerProcess at(ServerProcess server) {
        return server.onDatabase(org.mariadb.jdbc.Driver.class, mariaDb.url("errand"), MariaDb.USER, MariaDb.PASSWORD);
    }

    @Override
    public void close() {
        try {
            mariaDb.close();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
