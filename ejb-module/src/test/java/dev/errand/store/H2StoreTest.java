package dev.errand.store;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2StoreTest extends StoreContract {
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        database = new Database(JdbcConnectionPool.create("jdbc:h2:mem:store;DB_CLOSE_DELAY=-1", "sa", "sa"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
