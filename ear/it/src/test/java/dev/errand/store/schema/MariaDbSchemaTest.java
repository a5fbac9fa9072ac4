package dev.errand.store.schema;

import dev.errand.it.database.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.mariadb.jdbc.MariaDbDataSource;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbSchemaTest extends RightsContract {
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
        return new MariaDbDataSource(mariaDb.url(name)
                + "?user=admin&password=secret&transactionIsolation=READ-COMMITTED&allowMultiQueries=true");
    }

    @Override
    String quoted(String name) {
        return name;
    }

    @Override
    String product() {
        return "MariaDB";
    }

    @Override
    DataSource owned() throws Exception {
        return empty();
    }

    @Override
    DataSource granted(List<String> statements) throws SQLException {
        String name = "schema" + (databases - 1);
        try (Connection connection = admin(name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS poor@localhost IDENTIFIED BY 'secret'");
            for (String each : statements) {
                statement.execute(
                        each.replace("ON errand.", "ON " + name + ".").replace("errand@'%'", "poor@localhost"));
            }
        }
        return new MariaDbDataSource(
                mariaDb.url(name) + "?user=poor&password=secret&transactionIsolation=READ-COMMITTED");
    }
}
