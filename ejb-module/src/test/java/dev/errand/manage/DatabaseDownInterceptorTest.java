package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskStateException;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DatabaseDownInterceptorTest {
    /** H2 tries again until its lock timeout, and names that; the cause is inside. */
    @Test
    void a_damaged_row_is_the_tasks_state_and_the_message_tells_the_remedy() {
        SQLException cause = new SQLException("Row not found when trying to delete from index", "90112");
        RuntimeException error =
                new PersistenceException(new SQLException("Timeout trying to lock table", "HYT00", cause));
        DatabaseDownInterceptor interceptor = new DatabaseDownInterceptor();
        interceptor.monitor = new DatabaseMonitor();
        InvocationContext call = (InvocationContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {InvocationContext.class}, (self, method, arguments) -> {
                    throw error;
                });

        assertThatThrownBy(() -> interceptor.call(call))
                .isInstanceOf(TaskStateException.class)
                .hasMessageContainingAll("damaged", "docs/install/h2.md");
    }
}
