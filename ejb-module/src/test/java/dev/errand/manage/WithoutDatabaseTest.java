package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskStateException;
import dev.errand.store.Outage;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WithoutDatabaseTest {
    private static boolean noConnection(SQLException e) {
        return WithoutDatabase.noConnection(new PersistenceException(e));
    }

    @Test
    void aPoolThatHasNoneToGiveAndAConnectionThatWasCutAreNoConnection() {
        assertThat(noConnection(new SQLException("no managed connections available")))
                .isTrue();
        assertThat(noConnection(new SQLException("connection reset", "08006"))).isTrue();
        assertThat(noConnection(new SQLException("too many clients", "53300"))).isTrue();
        assertThat(noConnection(new SQLException("terminated by an administrator", "57P01")))
                .isTrue();
    }

    @Test
    void whatTheDatabaseRefusesIsNot() {
        assertThat(noConnection(new SQLException("duplicate key", "23505"))).isFalse();
        assertThat(noConnection(new SQLException("no such table", "42P01"))).isFalse();
        assertThat(WithoutDatabase.noConnection(new IllegalStateException("ours")))
                .isFalse();
    }

    /** H2 tries again until its lock timeout, and names that; the cause is inside. */
    @Test
    void aDamagedRowIsTheTasksStateAndTheMessageTellsTheRemedy() {
        SQLException cause = new SQLException("Row not found when trying to delete from index", "90112");
        RuntimeException error =
                new PersistenceException(new SQLException("Timeout trying to lock table", "HYT00", cause));
        WithoutDatabase interceptor = new WithoutDatabase();
        interceptor.outage = new Outage();
        InvocationContext call = (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvocationContext.class}, (self, method, arguments) -> {
                    throw error;
                });
        assertThatThrownBy(() -> interceptor.call(call))
                .isInstanceOf(TaskStateException.class)
                .hasMessageContainingAll("damaged", "docs/operations.md");
    }
}
