package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mariadb.jdbc.MariaDbDataSource;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbSchemaTest extends SchemaContract {
    private static MariaDb mariaDb;
    private static int databases;

    @BeforeAll
    static void start() throws Exception {
        mariaDb = new MariaDb();
    }

    @AfterAll
    static void stop() throws Exception {
        mariaDb.close();
    }

    @Override
    DataSource empty() throws Exception {
        String name = "schema" + databases++;
        mariaDb.fresh(name);
        return admin(name);
    }

    private static DataSource admin(String name) throws SQLException {
        return new MariaDbDataSource(
                mariaDb.url(name) + "?user=admin&password=secret&transactionIsolation=READ-COMMITTED");
    }

    @Override
    String quoted(String name) {
        return name;
    }

    /** It takes ten seconds: so long Flyway tries. */
    @Test
    void aUserWhoMayNotMakeTablesIsToldSo() throws Exception {
        DataSource poor = mariaDb.fresh("poor");
        try (Connection connection = admin("poor").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CREATE ON poor.* FROM errand@localhost");
        }
        assertThatThrownBy(() -> Schema.migrate(poor))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll("lacks a right", "create and alter tables", "denied");
    }
}
