package dev.errand.it.database;

import dev.errand.it.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;

/** A PostgreSQL that the server reaches by a {@link SlowLink}; the test itself is next to it. */
public record DistantPostgres(PostgresProcess postgres, SlowLink link) implements Database {
    public DistantPostgres(PostgresProcess started) {
        this(started, new SlowLink(started.port()));
    }

    @Override
    public Connection connect() throws SQLException {
        return postgres.connect();
    }

    @Override
    public int cutConnections(Random random) {
        return postgres.cutConnections(random);
    }

    @Override
    public ServerProcess at(ServerProcess server) {
        return postgres.at(server, link.port());
    }

    @Override
    public void close() {
        try {
            link.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.close();
    }
}
