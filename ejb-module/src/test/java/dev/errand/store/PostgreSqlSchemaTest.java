package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlSchemaTest extends SchemaContract {
    private static EmbeddedPostgres postgres;
    private static int schemas;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
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

    /** It takes ten seconds: so long Flyway tries. */
    @Test
    void aUserWhoMayNotMakeTablesIsToldSo() throws Exception {
        DataSource poor = fresh("poor");
        assertThatThrownBy(() -> Schema.migrate(poor))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("lacks a right", "create and alter tables", "permission denied");
    }
}
