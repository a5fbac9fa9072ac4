package dev.errand.store.database;

import jakarta.transaction.TransactionManager;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.persistence.platform.server.ServerPlatformBase;
import org.eclipse.persistence.sessions.DatabaseSession;
import org.eclipse.persistence.sessions.ExternalTransactionController;
import org.eclipse.persistence.transaction.JTATransactionController;

/**
 * Tells EclipseLink where the server's transaction manager is. EclipseLink has no platform of its own for current
 * WildFly versions.
 */
public class AnyServerPlatform extends ServerPlatformBase {

    public AnyServerPlatform(DatabaseSession session) {
        super(session);
        disableRuntimeServices();
    }

    @Override
    public Class<? extends ExternalTransactionController> getExternalTransactionControllerClass() {
        return Controller.class;
    }

    /** The transaction controller. Public because EclipseLink creates it by reflection. */
    public static class Controller extends JTATransactionController {
        private static final List<String> NAMES =
                List.of("java:jboss/TransactionManager", "java:appserver/TransactionManager");

        @Override
        protected TransactionManager acquireTransactionManager() throws Exception {
            NamingException last = null;
            for (String name : NAMES) {
                try {
                    return InitialContext.doLookup(name);
                } catch (NamingException e) {
                    last = e;
                }
            }
            throw last;
        }
    }
}
