package dev.errand.store;

import dev.errand.it.database.MariaDb;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Only this kind of machine has a MariaDB that Maven can bring. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MariaDbStoreTest extends StoreContract {
    private static MariaDb mariaDb;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        mariaDb = new MariaDb();
        database = new Database(mariaDb.fresh("errand"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        mariaDb.close();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public DataSource fresh(String name) throws SQLException {
        return mariaDb.fresh(name);
    }

    /** MariaDB calls a schema a database. */
    @Override
    public List<DataSource> withTwoSchemas() throws SQLException {
        return List.of(fresh("schema_1"), fresh("schema_2"));
    }

    @Override
    public long entriesRead(EntityManager em) {
        Object count = em.createNativeQuery("SELECT SUM(variable_value) FROM information_schema.session_status"
                        + " WHERE variable_name IN ('HANDLER_READ_KEY', 'HANDLER_READ_NEXT', 'HANDLER_READ_PREV')")
                .getSingleResult();
        return ((Number) count).longValue();
    }

    /** MariaDB does so ten seconds after a table has grown by a tenth. Until then a walk over the queues reads all entries. */
    @Override
    public void awaitStatistics() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE TABLE errand_task");
        }
    }
}
