package dev.errand.store.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.store.schema.Schema;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class DataSourceRulesTest {
    private static final UserTransaction ANY_TRANSACTION = proxy(UserTransaction.class, null, -1);

    private static DataSource h2(String name) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    @Test
    void readCommittedItMustBe() {
        DataSource dataSource = h2("isolation");

        assertThatCode(() -> DataSourceRules.isolates(dataSource, "java:/Tasks"))
                .doesNotThrowAnyException();
        for (int other : new int[] {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_READ_UNCOMMITTED}) {
            Connection connection = proxy(Connection.class, "getTransactionIsolation", other);
            assertThatThrownBy(() -> DataSourceRules.isolates(
                            proxy(DataSource.class, "getConnection", connection), "java:/Tasks"))
                    .isInstanceOf(InvalidDeploymentException.class)
                    .hasMessageContainingAll("java:/Tasks", "errand.datasource", "READ COMMITTED");
        }
    }

    @Test
    void aDatasourceThatGoesItsOwnWayIsRefusedAndNothingIsLeftBehind() throws Exception {
        DataSource dataSource = h2("jta");
        Schema.migrate(dataSource, "");

        assertThatThrownBy(() -> DataSourceRules.joins(ANY_TRANSACTION, dataSource, "java:/Tasks"))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll("java:/Tasks", "errand.datasource", "JTA");
        assertThatCode(() -> empty(dataSource)).doesNotThrowAnyException();
    }

    private static void empty(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT name FROM errand_queue")) {
            if (rows.next()) {
                throw new AssertionError(rows.getString(1));
            }
        }
    }

    private static <T> T proxy(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> called.getName().equals(method) ? answer : null));
    }
}
