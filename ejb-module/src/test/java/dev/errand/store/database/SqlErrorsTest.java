package dev.errand.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqlErrorsTest {
    private static final IllegalStateException THROWN = new IllegalStateException("by the handler");

    private static SQLException sql(String state) {
        return new SQLException("said the driver", state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "08006", "08S01", "53300", "57P01"})
    void a_transient_state_is_database_trouble_however_deep(String state) {
        assertThat(SqlErrors.databaseTrouble(sql(state))).isTrue();
        assertThat(SqlErrors.databaseTrouble(new EJBException("", new RuntimeException(sql(state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42703", "08", "4000", "HY000"})
    void other_states_are_errors_of_the_work(String state) {
        assertThat(SqlErrors.databaseTrouble(sql(state))).isFalse();
    }

    @Test
    void exception_classes_of_drivers_are_understood() {
        assertThat(SqlErrors.databaseTrouble(new RuntimeException(new SQLTimeoutException())))
                .isTrue();
        assertThat(SqlErrors.databaseTrouble(new RuntimeException(new SQLRecoverableException())))
                .isTrue();
        assertThat(SqlErrors.databaseTrouble(new RuntimeException(new SQLTransactionRollbackException())))
                .isTrue();
        assertThat(SqlErrors.databaseTrouble(new SQLIntegrityConstraintViolationException("", "23505")))
                .isFalse();
    }

    @Test
    void an_error_without_a_state_is_no_trouble() {
        assertThat(SqlErrors.databaseTrouble(THROWN)).isFalse();
        assertThat(SqlErrors.databaseTrouble(new SQLException("no state"))).isFalse();
        assertThat(SqlErrors.conflict(THROWN)).isFalse();
        assertThat(SqlErrors.conflict(new SQLException("no state"))).isFalse();
    }

    @Test
    void only_a_rolled_back_transaction_is_a_conflict() {
        assertThat(SqlErrors.conflict(new EJBException("", new RuntimeException(sql("40001")))))
                .isTrue();
        assertThat(SqlErrors.conflict(sql("40P01"))).isTrue();
        assertThat(SqlErrors.conflict(sql("08006"))).isFalse();
        assertThat(SqlErrors.conflict(sql("57P01"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08S01", "57P01", "57P02", "57P03"})
    void a_connection_is_lost_however_deep_the_state(String state) {
        assertThat(SqlErrors.connectionLost(new EJBException("", new RuntimeException(sql(state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "40001", "23505", "25P02", "08"})
    void an_answer_is_no_lost_connection(String state) {
        assertThat(SqlErrors.connectionLost(sql(state))).isFalse();
        assertThat(SqlErrors.connectionLost(new SQLException("no state"))).isFalse();
    }

    /** As MariaDB's 1205: a deadlock that the database does not see ends in it. */
    @Test
    void a_lock_timeout_of_h2_is_a_conflict_and_no_other_timeout_is() {
        assertThat(SqlErrors.conflict(new RuntimeException(new SQLTimeoutException("", "HYT00", 50_200))))
                .isTrue();
        assertThat(SqlErrors.conflict(new SQLTimeoutException("", "57014", 57_014)))
                .isFalse();
        SQLException damaged = new SQLTimeoutException("", "HYT00", 50_200);
        damaged.initCause(new SQLException("", "90112", 90_112));
        assertThat(SqlErrors.conflict(damaged)).as("the same again each time").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1205, 1020})
    void mariadb_conflicts_have_a_code_only(int code) {
        SQLException error = new SQLException("said the driver", "HY000", code);

        assertThat(SqlErrors.conflict(new EJBException("", new RuntimeException(error))))
                .isTrue();
        assertThat(SqlErrors.databaseTrouble(error)).isTrue();
        assertThat(SqlErrors.conflict(new SQLException("of another database", "72000", code)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "53300", "57P01", "57P05"})
    void no_answer_is_told_by_the_state(String state) {
        assertThat(SqlErrors.noAnswer(new EJBException("", new RuntimeException(sql(state)))))
                .isTrue();
    }

    @Test
    void a_pool_without_a_connection_has_no_state() {
        assertThat(SqlErrors.noAnswer(new RuntimeException(new SQLException("no connection in time"))))
                .isTrue();
        assertThat(SqlErrors.noAnswer(sql("23505"))).isFalse();
        assertThat(SqlErrors.noAnswer(THROWN)).isFalse();
    }

    @Test
    void an_error_that_a_commit_hides_among_the_suppressed_is_found() {
        Exception commit = new IllegalStateException("heuristic");
        commit.addSuppressed(sql("40001"));

        assertThat(SqlErrors.conflict(commit)).isTrue();
    }

    @Test
    void a_circle_of_causes_ends() {
        EJBException first = new EJBException("first");
        EJBException second = new EJBException("second", first);
        first.initCause(second);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(SqlErrors.databaseTrouble(first)).isFalse();
            assertThat(SqlErrors.conflict(first)).isFalse();
        });
    }
}
