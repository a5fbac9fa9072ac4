package dev.errand.tasks.webhook;

import dev.errand.api.DatabaseUnavailableException;
import dev.errand.api.TaskDatabase;
import dev.errand.log.LogMessage;
import dev.errand.tasks.config.TasksConfig;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Makes the tables of the webhooks when they are needed first, so that an application without webhooks has none. The caller's
 * transaction is suspended meanwhile: Flyway has transactions of its own. Thread-safe.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookTables {
    @Inject
    @TaskDatabase
    DataSource dataSource;

    @Inject
    TasksConfig config;

    private volatile boolean ready;

    /**
     * Returns when the tables are there.
     *
     * @throws DatabaseUnavailableException if they cannot be made
     */
    public void ensure() {
        if (!ready) {
            make();
        }
    }

    private synchronized void make() {
        if (ready) {
            return;
        }
        try {
            WebhookSchema.migrate(dataSource, config.tablePrefix());
            ready = true;
        } catch (SQLException e) {
            LogMessage.NO_WEBHOOK_TABLES.logAtMostOnceAMinute(e.getMessage());
            throw new DatabaseUnavailableException(
                    "The tables of the webhooks cannot be made or checked: the database does not answer, or its user may not"
                            + " create tables (docs/install/tables.md).",
                    e);
        }
    }
}
