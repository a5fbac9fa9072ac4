package dev.errand.store.schema;

import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2SchemaTest extends SchemaContract {

    @Override
    DataSource empty() {
        return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "sa");
    }

    @Override
    String quoted(String name) {
        return '"' + name + '"';
    }
}
