package dev.errand.tasks;

import dev.errand.it.database.MariaDb;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbWebhookStoreTest extends WebhookContract {
    private static MariaDb mariaDb;
    private static DataSource database;

    @BeforeAll
    static void startDatabase() throws Exception {
        mariaDb = new MariaDb();
        database = mariaDb.fresh("errand");
        // a test drops the tables
        mariaDb.grantDrop("errand");
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        mariaDb.close();
    }

    @Override
    protected DataSource dataSource() {
        return database;
    }
}
