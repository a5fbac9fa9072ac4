package dev.errand.store.database;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.TaskDatabase;
import dev.errand.config.ErrandConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Finds the datasource of the server that {@code errand.datasource} names. */
@ApplicationScoped
public class TaskDataSource {
    @Inject
    private ErrandConfig config;

    @Produces
    @TaskDatabase
    public DataSource dataSource() {
        return find(config.datasource());
    }

    @Produces
    @TaskTables
    public DataSource tables() {
        return TablePrefix.on(dataSource(), config.tablePrefix());
    }

    /**
     * Finds a datasource.
     *
     * @throws InvalidDeploymentException if the server has no datasource of that name
     */
    static DataSource find(String name) {
        try {
            if (InitialContext.doLookup(name) instanceof DataSource dataSource) {
                return dataSource;
            }
            throw wrong(name, "is something else on this server", null);
        } catch (NamingException e) {
            throw wrong(name, "is not on this server", e);
        }
    }

    private static InvalidDeploymentException wrong(String name, String what, Throwable cause) {
        return new InvalidDeploymentException(
                "The configuration key errand.datasource has the value \"" + name + "\", which " + what
                        + ". Allowed: the JNDI name of a datasource of the server. Add the datasource, or correct the name.",
                cause);
    }
}
