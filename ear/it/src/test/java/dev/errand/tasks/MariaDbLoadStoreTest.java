package dev.errand.tasks;

import dev.errand.it.database.MariaDb;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbLoadStoreTest extends LoadContract {
    private static MariaDb mariaDb;
    private static DataSource database;

    @BeforeAll
    static void start() throws Exception {
        mariaDb = new MariaDb();
        database = mariaDb.fresh("errand");
        mariaDb.grantDrop("errand");
    }

    @AfterAll
    static void stop() throws Exception {
        mariaDb.close();
    }

    @Override
    protected DataSource dataSource() {
        return database;
    }

    @Test
    void the_schema_is_a_setting() throws Exception {
        mariaDb.fresh("portal");
        mariaDb.grantDrop("portal");
        assertLoadsIntoSchema("portal");
    }
}
