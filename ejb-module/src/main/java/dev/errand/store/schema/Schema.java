package dev.errand.store.schema;

import dev.errand.log.LogMessage;
import dev.errand.store.database.Dialect;
import dev.errand.store.database.SqlErrors;
import dev.errand.store.database.TablePrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.resource.LoadableResource;

/** Migrates the tables to this version, by Flyway, before any other code reads them. */
public final class Schema {
    /**
     * The names of all migrations. They are not searched for, because servers differ in how a folder of an EAR can be
     * listed.
     */
    public static final List<String> MIGRATIONS = List.of(
            "V1__errand.sql",
            "V2__audit.sql",
            "V3__hardening.sql",
            "V4__nodes.sql",
            "V5__schedules.sql",
            "V6__limits.sql",
            "V7__queues.sql",
            "V8__workflows.sql");

    private static final String SAMPLE = "CREATE TABLE errand_sample_dataset";
    private static final String SAMPLE_UNLESS_THERE = "CREATE TABLE IF NOT EXISTS errand_sample_dataset";

    private static final String NO_RIGHTS =
            "The datasource's user lacks a right. Let it create and alter tables and indexes in its schema while a new version"
                    + " of Errand is deployed; or let a DBA create them with the SQL in errand-ejb.jar of the EAR,"
                    + " %s (docs/install/tables.md). The database says: %s";

    private Schema() {}

    /**
     * Migrates the tables.
     *
     * @param prefix the beginning of their names, before errand_; may be empty
     * @throws SQLException if the tables cannot be used, with the reason and the remedy
     */
    public static void migrate(DataSource database, String prefix) throws SQLException {
        DataSource dataSource = TablePrefix.on(database, prefix);
        Dialect dialect = dialect(dataSource);
        String folder = dialect.folder();
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .table(prefix + "errand_schema")
                // the application's own tables may be in the same schema
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // unlike Flyway's default, the migrations of a newer Errand are not ignored
                .ignoreMigrationPatterns("*:pending")
                .resourceProvider(new Migrations(folder, !prefix.isEmpty()))
                .load();
        try {
            // no lock if no migration is pending: nothing is created, and the user may have no right to create the lock
            if (flyway.info().pending().length == 0) {
                migrate(dataSource, flyway, prefix);
            } else {
                SchemaLock.of(dialect).hold(dataSource, () -> migrate(dataSource, flyway, prefix));
            }
        } catch (FlywayException | SQLException e) {
            if (SqlErrors.noRights(e)) {
                throw new SQLException(NO_RIGHTS.formatted(folder, cause(e).getMessage()), e);
            }
            throw e instanceof SQLException sql ? sql : new SQLException(e.getMessage(), e);
        }
    }

    private static void migrate(DataSource dataSource, Flyway flyway, String prefix) throws SQLException {
        boolean fresh = new SchemaCheck(prefix).check(dataSource, flyway, version());
        if (!fresh && flyway.info().pending().length > 0) {
            askForRights(dataSource);
        }
        MigrateResult result = flyway.migrate();
        LogMessage.MIGRATED.log(
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
    }

    /**
     * Checks the right to change tables, without a change. Without the check, a migration that lacks the right leaves a
     * record of its failure on MariaDB.
     */
    private static void askForRights(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS errand_task (id INTEGER)");
        }
    }

    /** Returns the version that this Errand needs. */
    private static String version() {
        return MIGRATIONS.get(MIGRATIONS.size() - 1).replaceFirst("V(\\d+)__.*", "$1");
    }

    private static Throwable cause(Throwable error) {
        return error.getCause() == null ? error : cause(error.getCause());
    }

    private static Dialect dialect(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Dialect.of(connection);
        }
    }

    /** @param shared whether the table of the sample application may be there: it has no prefix */
    private record Migrations(String folder, boolean shared) implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return MIGRATIONS.contains(name) ? new Migration(folder, name, shared) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return MIGRATIONS.stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> (LoadableResource) new Migration(folder, name, shared))
                    .toList();
        }
    }

    private static final class Migration extends LoadableResource {
        private final String folder;
        private final String name;
        private final boolean shared;

        Migration(String folder, String name, boolean shared) {
            this.folder = folder;
            this.name = name;
            this.shared = shared;
        }

        @Override
        public Reader read() {
            try (InputStream stream = Schema.class.getClassLoader().getResourceAsStream(folder + name)) {
                if (stream == null) {
                    throw new IllegalStateException("The migration " + folder + name + " is not in the EAR.");
                }
                String sql = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                return new StringReader(shared ? sql.replace(SAMPLE, SAMPLE_UNLESS_THERE) : sql);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return folder + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return folder + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
