package dev.errand.tasks.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Migrates the tables of the webhooks to this version, by Flyway. They have a history of their own, {@code errand_webhook_schema}.
 * Each statement of a migration must bear to be run twice, because nodes may begin it at the same moment.
 */
final class WebhookSchema {
    private static final List<String> MIGRATIONS = List.of("V1__webhook.sql");

    /** The beginning of all names, after the prefix. */
    private static final String TABLES = "errand_webhook";

    private static final Set<String> DATABASES = Set.of("h2", "postgresql", "mariadb");

    /** The tries, of which the later ones find what another node has done. */
    private static final int TRIES = 3;

    private WebhookSchema() {}

    /**
     * Adds the prefix to the names of the tables and indexes in a text.
     *
     * @param prefix may be empty
     */
    static String named(String prefix, String text) {
        return prefix.isEmpty() ? text : text.replace(TABLES, prefix + TABLES);
    }

    /**
     * Migrates the tables. Must run outside a transaction.
     *
     * @param prefix the beginning of their names; may be empty
     * @throws SQLException if the tables cannot be made
     */
    static void migrate(DataSource dataSource, String prefix) throws SQLException {
        Flyway flyway = Flyway.configure(WebhookSchema.class.getClassLoader())
                .dataSource(dataSource)
                .table(prefix + TABLES + "_schema")
                // other tables are in the same schema
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .resourceProvider(new Migrations("db/webhook/" + database(dataSource) + "/", prefix))
                .load();
        for (int left = TRIES; left > 0; left--) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (left == 1) {
                    throw new SQLException(e.getMessage(), e);
                }
            }
        }
    }

    private static String database(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            if (!DATABASES.contains(product)) {
                throw new SQLException("Webhooks know no database " + product + ". Use PostgreSQL, MariaDB or H2.");
            }
            return product;
        }
    }

    /** The migrations, by name: servers differ in how a folder of an EAR can be listed. */
    private record Migrations(String folder, String tablePrefix) implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return MIGRATIONS.contains(name) ? new Migration(folder, name, tablePrefix) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return MIGRATIONS.stream()
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> (LoadableResource) new Migration(folder, name, tablePrefix))
                    .toList();
        }
    }

    private static final class Migration extends LoadableResource {
        private final String folder;
        private final String name;
        private final String prefix;

        Migration(String folder, String name, String prefix) {
            this.folder = folder;
            this.name = name;
            this.prefix = prefix;
        }

        @Override
        public Reader read() {
            try (InputStream stream = WebhookSchema.class.getClassLoader().getResourceAsStream(folder + name)) {
                if (stream == null) {
                    throw new IllegalStateException("The migration " + folder + name + " is not in the EAR.");
                }
                return new StringReader(named(prefix, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
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
