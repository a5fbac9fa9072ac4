package dev.errand.store.database;

import dev.errand.api.InvalidDeploymentException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The requirements on an existing datasource. A datasource that violates them would work most of the time, so it is
 * refused.
 */
public final class DataSourceRules {
    private DataSourceRules() {}

    /**
     * Checks the isolation. Above READ COMMITTED, MariaDB also locks gaps, and rows that were only read, so nodes and
     * senders would wait for each other.
     *
     * @throws InvalidDeploymentException if the datasource has another isolation
     */
    public static void isolates(DataSource dataSource, String name) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
                throw wrong(name, "does not use the transaction isolation READ COMMITTED. Set that on the datasource");
            }
        }
    }

    /**
     * Checks that the datasource takes part in the server's transactions. One with "jta=false", for example, does not,
     * and reports no error. The check is a trial: a row that is rolled back must be gone.
     *
     * @throws InvalidDeploymentException if the datasource does not take part
     */
    public static void joins(UserTransaction transaction, DataSource dataSource, String name)
            throws SQLException, SystemException, NotSupportedException {
        String queue = "rolled-back-" + UUID.randomUUID();
        transaction.begin();
        try {
            update(dataSource, "INSERT INTO errand_queue (name, paused) VALUES (?, TRUE)", queue);
        } finally {
            transaction.rollback();
        }
        if (update(dataSource, "DELETE FROM errand_queue WHERE name = ?", queue) != 0) {
            throw wrong(
                    name,
                    "takes no part in the server's transactions: a row that was rolled back is still there. Make it a JTA datasource");
        }
    }

    private static int update(DataSource dataSource, String sql, String queue) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, queue);
            return statement.executeUpdate();
        }
    }

    private static InvalidDeploymentException wrong(String name, String what) {
        return new InvalidDeploymentException("The datasource " + name + " (errand.datasource) " + what
                + ", or name another. See docs/install/database.md.");
    }
}
