package dev.errand.store.schema;

import dev.errand.it.database.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgreSqlSchemaTest extends RightsContract {
    private static EmbeddedPostgres postgres;
    private static int schemas;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.builder().start();
        execute(postgres.getPostgresDatabase(), "CREATE USER poor");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A schema is as good as a database here, and made a hundred times faster. */
    private static DataSource fresh(String user) throws SQLException {
        String name = "fresh" + schemas++;
        execute(postgres.getPostgresDatabase(), "CREATE SCHEMA " + name);
        execute(postgres.getPostgresDatabase(), "GRANT USAGE ON SCHEMA " + name + " TO poor");
        return postgres.getDatabase(user, "postgres", Map.of("currentSchema", name));
    }

    @Override
    DataSource empty() throws Exception {
        return fresh("postgres");
    }

    @Override
    String quoted(String name) {
        return name;
    }

    @Override
    String product() {
        return "PostgreSQL";
    }

    @Override
    DataSource owned() throws SQLException {
        return fresh("postgres");
    }

    @Override
    DataSource granted(List<String> statements) throws SQLException {
        String schema = "fresh" + (schemas - 1);
        for (String statement : statements) {
            execute(
                    postgres.getPostgresDatabase(),
                    statement.replace("SCHEMA public", "SCHEMA " + schema).replace("TO errand", "TO poor"));
        }
        return postgres.getDatabase("poor", "postgres", Map.of("currentSchema", schema));
    }
}
