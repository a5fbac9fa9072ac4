package dev.errand.store;

import dev.errand.log.Message;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.resource.LoadableResource;

/** Brings the tables to this version, by Flyway, before anything else looks at them. */
public final class Schema {
    /** Every migration by name, and no search: servers differ in how a folder of an EAR can be listed. */
    static final List<String> MIGRATIONS = List.of("V1__errand.sql", "V2__audit.sql");

    private Schema() {}

    public static void migrate(DataSource dataSource) throws SQLException {
        String folder = "db/errand/" + database(dataSource) + "/";
        MigrateResult result = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .table("errand_schema")
                // the application's own tables may be in the same schema
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Migrations(folder))
                .load()
                .migrate();
        Message.MIGRATED.log(
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
    }

    private static String database(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product.toLowerCase(Locale.ROOT)) {
                case "h2" -> "h2";
                case "postgresql" -> "postgresql";
                case "mariadb" -> "mariadb";
                default ->
                    throw new SQLException(
                            "Errand has no tables for the database " + product + ". Use PostgreSQL, MariaDB or H2.");
            };
        }
    }

    private record Migrations(String folder) implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return MIGRATIONS.contains(name) ? new Migration(folder, name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return MIGRATIONS.stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> (LoadableResource) new Migration(folder, name))
                    .toList();
        }
    }

    private static final class Migration extends LoadableResource {
        private final String folder;
        private final String name;

        Migration(String folder, String name) {
            this.folder = folder;
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream stream = Schema.class.getClassLoader().getResourceAsStream(folder + name);
            if (stream == null) {
                throw new IllegalStateException("The migration " + folder + name + " is not in the EAR.");
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
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
