package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
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
}
