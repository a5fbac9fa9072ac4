package dev.errand.store.database;

import dev.errand.config.ErrandConfig;
import dev.errand.config.ErrandConfigProducer;
import dev.errand.log.LogMessage;
import javax.sql.DataSource;
import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.DatasourceLogin;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.Login;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.server.ServerSession;

/** Points JPA to {@code errand.datasource} and {@code errand.table-prefix}: persistence.xml cannot name what is chosen on the server. */
public class TaskDatabaseSession implements SessionCustomizer {
    @Override
    public void customize(Session session) {
        ErrandConfig config = ErrandConfigProducer.load();
        connect(session.getDatasourceLogin(), config);
        // Payara sets a second datasource for reads outside transactions
        if (session instanceof ServerSession server && server.getReadConnectionPool() != null) {
            connect(server.getReadConnectionPool().getLogin(), config);
        }
        if (session.getDatasourceLogin() instanceof DatasourceLogin login
                && login.getConnector() instanceof JNDIConnector connector) {
            await(connector.getDataSource(), config);
        }
    }

    /** Waits for the database. Payara connects to it during the deployment, before EngineLifecycle can wait for it. */
    private static void await(DataSource dataSource, ErrandConfig config) {
        try {
            DatabaseMonitor.awaitDatabase(dataSource, config);
        } catch (IllegalStateException e) {
            LogMessage.START_FAILED.log(e.getMessage());
            throw e;
        }
    }

    /** Keeps the default datasource: the container has set it, and finds it more reliably, since java:comp may be missing here. */
    private static void connect(Login login, ErrandConfig config) {
        DatasourceLogin pool = (DatasourceLogin) login;
        String name = config.datasource();
        if (!name.equals(ErrandConfig.DEFAULT_DATASOURCE)) {
            pool.setConnector(new JNDIConnector(TablePrefix.on(TaskDataSource.find(name), config.tablePrefix())));
        } else if (!config.tablePrefix().isEmpty() && pool.getConnector() instanceof JNDIConnector connector) {
            pool.setConnector(new JNDIConnector(TablePrefix.on(connector.getDataSource(), config.tablePrefix())));
        }
    }
}
