package dev.errand.tasks;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class H2LoadStoreTest extends LoadContract {
    private static final JdbcDataSource DATABASE = new JdbcDataSource();

    static {
        DATABASE.setURL("jdbc:h2:mem:load;DB_CLOSE_DELAY=-1");
    }

    @Override
    protected DataSource dataSource() {
        return DATABASE;
    }

    @Test
    void the_schema_is_a_setting() throws Exception {
        execute("CREATE SCHEMA portal");
        assertLoadsIntoSchema("portal");
    }
}
