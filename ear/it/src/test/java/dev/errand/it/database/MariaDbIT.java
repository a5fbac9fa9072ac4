package dev.errand.it.database;

import dev.errand.it.server.ServerProcess;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbIT extends DatabaseContract {
    private static MariaDb mariaDb;

    @BeforeAll
    static void start() throws Exception {
        mariaDb = new MariaDb();
        DataSource empty = mariaDb.fresh("errand");
        mariaDb.grantDrop("errand");
        start(
                ServerProcess.fresh("mariadb", 10_000)
                        .onDatabase(
                                org.mariadb.jdbc.Driver.class, mariaDb.url("errand"), MariaDb.USER, MariaDb.PASSWORD),
                empty,
                "mariadb");
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        mariaDb.close();
    }
}
