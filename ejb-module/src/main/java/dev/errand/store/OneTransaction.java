package dev.errand.store;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Everything rests on the database taking part in the server's transactions, which a datasource with "jta=false", say, does
 * not, and does not say. So it is tried: what is rolled back must be gone.
 */
public final class OneTransaction {
    private OneTransaction() {}

    /** @return whether the datasource takes part in the server's transactions */
    public static boolean joinedBy(DataSource dataSource, UserTransaction transaction)
            throws SQLException, SystemException, NotSupportedException {
        String queue = "rolled-back-" + UUID.randomUUID();
        transaction.begin();
        try {
            update(dataSource, "INSERT INTO errand_queue (name, paused) VALUES (?, TRUE)", queue);
        } finally {
            transaction.rollback();
        }
        return update(dataSource, "DELETE FROM errand_queue WHERE name = ?", queue) == 0;
    }

    private static int update(DataSource dataSource, String sql, String queue) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, queue);
            return statement.executeUpdate();
        }
    }
}
