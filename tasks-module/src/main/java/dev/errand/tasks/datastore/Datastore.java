package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Column;
import dev.errand.tasks.data.ColumnType;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.data.Inspected;
import dev.errand.tasks.data.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * The tables that files are loaded into. A load is visible to readers as a whole or not at all. On PostgreSQL, all of it is
 * one transaction. MariaDB and H2 commit at each change of a table's definition, so the rows go into a staging table first;
 * then one transaction takes them into the table, or the staging table takes the table's name. Loads of one table exclude
 * each other by the lock of its row in {@link Registry}. Uses connections outside of the server's transactions. Thread-safe.
 */
public final class Datastore {
    /** The rows of a transaction that fills a staging table. */
    private static final int COMMIT_EVERY = 10_000;

    /** The longest wait for readers that hold the table. */
    private static final int PATIENCE_SECONDS = 60;

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
                end(connection);
            }
        } catch (SQLException e) {
            throw SqlFailures.of(request.table(), e);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // a lost connection rolls back by itself, and the first error says more
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
        Target target = target(request, file, tables, known);
        if (tables.database() == Database.POSTGRESQL) {
            loadInOneTransaction(target, tables, progress);
        } else {
            loadThroughStaging(target, tables);
        }
        registry.remember(
                request.table(), target.columns(), request.fingerprint(), request.task(), result, clock.millis());
        if (tables.database() != Database.POSTGRESQL && target.staged()) {
            tables.connection().commit();
            try (Connection work = dataSource.getConnection()) {
                dropStaging(new Tables(work, tables.database(), tables.schema()), target);
            }
        }
        return result;
    }

    /**
     * A table and the rows for it.
     *
     * @param columns the columns of the table after the load
     * @param written the columns that the file has
     * @param same whether the table exists with exactly these columns, and its rows are deleted instead of the table
     * @param staging the name of the staging table
     */
    private record Target(
            String table,
            boolean exists,
            boolean same,
            LoadMode mode,
            List<TableColumn> columns,
            List<TableColumn> written,
            List<String> key,
            Inspected file,
            String staging) {
        boolean replaces() {
            return mode == LoadMode.REPLACE || !exists;
        }

        /** Returns whether the rows are taken out of the staging table, in place of its new name. */
        boolean staged() {
            return !replaces() || same;
        }
    }

    private static Target target(LoadRequest request, Inspected file, Tables tables, List<TableColumn> known)
            throws SQLException {
        Database database = tables.database();
        String table = database.fold(request.table().text());
        boolean exists = tables.exists(table);
        if (exists && !tables.isOurs(table)) {
            throw new DatastoreException("The table " + request.table().text()
                    + " exists and was not made by datastore.load, so it is not changed. Use another name.");
        }
        List<String> key = request.key().stream()
                .map(name -> database.fold(nameInFile(name, file)))
                .toList();
        boolean adds = exists && request.mode() != LoadMode.REPLACE;
        if (adds && known.isEmpty()) {
            throw new DatastoreException("The columns of the table "
                    + request.table().text() + " are not known any more. Load it with mode \"replace\".");
        }
        Inspected fitting = adds ? file.as(types(known)) : file;
        List<TableColumn> written = fitting.columns().stream()
                .map(column -> adds ? find(column, known, database) : create(column, key, database))
                .toList();
        if (written.size() > database.columns()) {
            throw new DatastoreException("The file has " + written.size()
                    + " columns, but a table of this database at most " + database.columns() + ".");
        }
        String staging = database.fold("errand_stage_" + hash(request.table().text()) + "_"
                + UUID.randomUUID().toString().substring(0, 8));
        return new Target(
                table,
                exists,
                exists && written.equals(known) && database == Database.H2,
                request.mode(),
                adds ? known : written,
                written,
                key,
                fitting,
                staging);
    }

    private static String nameInFile(String name, Inspected file) {
        return file.columns().stream()
                .map(Column::name)
                .filter(column -> column.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }

    private static TableColumn create(Column column, List<String> key, Database database) {
        return TableColumn.of(column, key.contains(database.fold(column.name())), database);
    }

    private static Map<String, ColumnType> types(List<TableColumn> known) {
        Map<String, ColumnType> types = new HashMap<>();
        known.forEach(column -> types.put(column.name().toLowerCase(Locale.ROOT), column.type()));
        return types;
    }

    private static TableColumn find(Column column, List<TableColumn> known, Database database) {
        TableColumn found = known.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow();
        if (column.type() == ColumnType.DECIMAL && !database.keeps(found, column.scale())) {
            throw new DataFileException("The column \"" + column.name() + "\" has numbers with " + column.scale()
                    + " digits behind the decimal separator, but the table keeps " + found.scale()
                    + ". Load the file with mode \"replace\".");
        }
        return found;
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static String keyName(Target target) {
        return target.staging().toLowerCase(Locale.ROOT).replace("errand_stage_", "errand_key_");
    }

    private static void loadInOneTransaction(Target target, Tables tables, Progress progress)
            throws SQLException, IOException, InterruptedException {
        Optional<PostgresCopy> copy = PostgresCopy.of(tables.connection());
        if (copy.isEmpty()) {
            progress.say(
                    "The datasource does not give access to PostgreSQL's COPY; the rows are inserted, which takes longer.");
        }
        if (!target.replaces() && target.mode() == LoadMode.APPEND) {
            write(copy, tables, target.table(), target);
            return;
        }
        tables.create(target.staging(), target.written());
        write(copy, tables, target.staging(), target);
        tables.execute("SET LOCAL lock_timeout = '" + PATIENCE_SECONDS + "s'");
        if (!target.replaces()) {
            tables.createKey(target.table(), target.key(), keyName(target));
            tables.execute(tables.database()
                    .insertFrom(
                            tables.name(target.staging()),
                            tables.name(target.table()),
                            target.written(),
                            target.key()));
            tables.drop(target.staging());
            return;
        }
        tables.createKey(target.staging(), target.key(), keyName(target));
        if (target.exists()) {
            List<String> grants = tables.grants(target.table(), target.staging());
            tables.drop(target.table());
            for (String grant : grants) {
                tables.execute(grant);
            }
        }
        rename(tables, target.staging(), target.table());
    }

    private static void rename(Tables tables, String from, String to) throws SQLException {
        tables.execute("ALTER TABLE " + tables.name(from) + " RENAME TO "
                + tables.database().quote(to));
    }

    private static void write(Optional<PostgresCopy> copy, Tables tables, String table, Target target)
            throws SQLException, IOException, InterruptedException {
        if (copy.isPresent()) {
            copy.get().write(tables, table, target.written(), target.file());
        } else {
            RowWriter.write(tables, table, target.written(), target.file(), 0);
        }
    }

    /** Loads on a database that commits at each change of a definition: {@code locked} must not see one. */
    private void loadThroughStaging(Target target, Tables locked)
            throws SQLException, IOException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            Tables work = new Tables(connection, locked.database(), locked.schema());
            dropStaging(work, target);
            work.create(target.staging(), target.written());
            boolean taken = false;
            try {
                strictly(work, () -> fill(work, target));
                if (target.replaces() && !target.same()) {
                    work.createKey(target.staging(), target.key(), keyName(target));
                    swap(work, target);
                } else {
                    work.createKey(target.table(), target.key(), keyName(target));
                    strictly(locked, () -> take(locked, target));
                }
                taken = true;
            } finally {
                if (!taken) {
                    dropQuietly(work, target);
                }
            }
        }
    }

    private static void fill(Tables work, Target target) throws SQLException, IOException, InterruptedException {
        work.connection().setAutoCommit(false);
        try {
            RowWriter.write(work, target.staging(), target.written(), target.file(), COMMIT_EVERY);
        } finally {
            end(work.connection());
        }
    }

    private interface Work {
        void run() throws SQLException, IOException, InterruptedException;
    }

    /** Does work on MariaDB so that a value which does not fit is an error; it may otherwise be cut, with a warning. */
    private static void strictly(Tables tables, Work work) throws SQLException, IOException, InterruptedException {
        if (tables.database() != Database.MARIADB) {
            work.run();
            return;
        }
        String mode = tables.select("SELECT @@SESSION.sql_mode").get(0);
        tables.update("SET SESSION sql_mode = ?", mode + ",STRICT_ALL_TABLES");
        try {
            work.run();
        } finally {
            tables.update("SET SESSION sql_mode = ?", mode);
        }
    }

    /** Gives the staging table the name of the table. MariaDB does so in one step. */
    private static void swap(Tables work, Target target) throws SQLException {
        if (work.database() == Database.MARIADB) {
            String old = target.staging() + "_old";
            String renames = target.exists() ? work.name(target.table()) + " TO " + work.name(old) + ", " : "";
            work.execute("SET STATEMENT lock_wait_timeout = " + PATIENCE_SECONDS + " FOR RENAME TABLE " + renames
                    + work.name(target.staging()) + " TO " + work.name(target.table()));
            if (target.exists()) {
                work.drop(old);
            }
            return;
        }
        if (target.exists()) {
            work.drop(target.table());
        }
        rename(work, target.staging(), target.table());
    }

    /** Takes the rows out of the staging table, in the transaction that remembers the load. */
    private static void take(Tables locked, Target target) throws SQLException {
        if (target.replaces()) {
            locked.execute("DELETE FROM " + locked.name(target.table()));
        }
        locked.execute(locked.database()
                .insertFrom(
                        locked.name(target.staging()),
                        locked.name(target.table()),
                        target.written(),
                        target.mode() == LoadMode.UPSERT && !target.replaces() ? target.key() : List.of()));
    }

    /** Drops what this load and earlier ones of the table have left, which a crash may have ended. */
    private static void dropStaging(Tables work, Target target) throws SQLException {
        String prefix = target.staging().substring(0, target.staging().lastIndexOf('_') + 1);
        for (String left : work.startingWith(prefix)) {
            work.drop(left);
        }
    }

    private static void dropQuietly(Tables work, Target target) {
        try {
            dropStaging(work, target);
        } catch (SQLException e) {
            // the next load of the table does it; the first error says more
        }
    }
}
