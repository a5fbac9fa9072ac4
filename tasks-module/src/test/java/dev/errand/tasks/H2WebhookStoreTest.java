package dev.errand.tasks;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2WebhookStoreTest extends WebhookContract {
    private static final JdbcDataSource DATABASE = new JdbcDataSource();

    static {
        DATABASE.setURL("jdbc:h2:mem:webhook;DB_CLOSE_DELAY=-1");
    }

    @Override
    protected DataSource dataSource() {
        return DATABASE;
    }

    @Override
    protected String historyTable() {
        return "\"errand_webhook_schema\"";
    }
}
