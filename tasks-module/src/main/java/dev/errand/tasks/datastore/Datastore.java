package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Inspected;
import dev.errand.tasks.data.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The tables that files are loaded into. A load is visible to readers as a whole or not at all. On PostgreSQL, all of it is
 * one transaction. MariaDB and H2 commit at each change of a table's definition, so the rows go into a staging table first;
 * then one transaction takes them into the table, or the staging table takes the table's name. Loads of one table exclude
 * each other by the lock of its row in {@link Registry}. Uses connections outside of the server's transactions. Thread-safe.
 */
public final class Datastore {
    private final DataSource dataSource;
    private final String schema;
    private final Clock clock;

    /**
     * Creates the datastore.
     *
     * @param schema the schema of the tables, a database on MariaDB; null: the one of unqualified names
     */
    public Datastore(DataSource dataSource, String schema, Clock clock) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.clock = clock;
    }

    /**
     * Returns the result of an earlier load that makes this one unnecessary: of the same task, which runs again after a
     * crash, or the last one of the table, with the same file.
     *
     * @throws DatastoreBusyException if the database does not answer
     */
    public Optional<String> earlier(LoadRequest request) {
        try (Connection connection = dataSource.getConnection()) {
            Tables tables = tables(connection);
            Registry registry = new Registry(tables);
            return registry.exists() ? earlier(request, tables, registry) : Optional.empty();
        } catch (SQLException e) {
            throw SqlFailures.of(request.table(), e);
        }
    }

    private static Optional<String> earlier(LoadRequest request, Tables tables, Registry registry) throws SQLException {
        if (!tables.exists(tables.database().fold(request.table().text()))) {
            return Optional.empty();
        }
        Optional<String> finished = registry.finished(request.task(), request.table(), request.fingerprint());
        return finished.isPresent() || request.force()
                ? finished
                : registry.unchanged(request.table(), request.fingerprint());
    }

    private Tables tables(Connection connection) throws SQLException {
        Database database = Database.of(connection);
        return new Tables(connection, database, Tables.schema(connection, database, schema));
    }

    /**
     * Loads the good rows of a file.
     *
     * @param result the result to remember
     * @return the result of an earlier load, if one was finished in the meantime; otherwise {@code result}
     * @throws DatastoreException if it cannot be loaded
     * @throws DatastoreBusyException if it may be possible later
     * @throws InterruptedException if the task was revoked
     */
    public String load(LoadRequest request, Inspected file, String result, Progress progress)
            throws IOException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            Tables tables = tables(connection);
            Registry registry = new Registry(tables);
            registry.create();
            registry.enter(request.table());
            connection.setAutoCommit(false);
            try {
                String loaded = load(request, file, result, tables, registry, progress);
                connection.commit();
                return loaded;
            } finally {
                // after a commit, there is nothing to roll back
                tables.endTransaction();
            }
        } catch (SQLException e) {
            throw SqlFailures.of(request.table(), e);
        }
    }

    private String load(
            LoadRequest request, Inspected file, String result, Tables tables, Registry registry, Progress progress)
            throws SQLException, IOException, InterruptedException {
        List<TableColumn> known = registry.lock(request.table());
        Optional<String> earlier = earlier(request, tables, registry);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Target target = Target.of(request, file, tables, known);
        if (tables.database() == Database.POSTGRESQL) {
            TransactionalLoad.run(target, tables, progress);
        } else {
            new StagedLoad(dataSource).run(target, tables);
        }
        registry.remember(
                request.table(), target.columns(), request.fingerprint(), request.task(), result, clock.millis());
        if (tables.database() != Database.POSTGRESQL && target.staged()) {
            tables.connection().commit();
            try (Connection work = dataSource.getConnection()) {
                StagedLoad.clear(new Tables(work, tables.database(), tables.schema()), target);
            }
        }
        return result;
    }
}
