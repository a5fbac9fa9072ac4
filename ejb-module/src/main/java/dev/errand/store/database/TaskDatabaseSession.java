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

/** Points JPA to {@code errand.datasource}: persistence.xml cannot name a datasource that is chosen on the server. */
public class TaskDatabaseSession implements SessionCustomizer {
    @Override
    public void customize(Session session) {
        ErrandConfig config = ErrandConfigProducer.load();
        String name = config.datasource();
        // the container has set the default datasource, and finds it more reliably: java:comp may be missing here
        if (!name.equals(ErrandConfig.DEFAULT_DATASOURCE)) {
            DataSource dataSource = TaskDataSource.find(name);
            connect(session.getDatasourceLogin(), dataSource);
            // Payara sets a second datasource for reads outside transactions
            if (session instanceof ServerSession server && server.getReadConnectionPool() != null) {
                connect(server.getReadConnectionPool().getLogin(), dataSource);
            }
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

    private static void connect(Login login, DataSource dataSource) {
        ((DatasourceLogin) login).setConnector(new JNDIConnector(dataSource));
    }
}
