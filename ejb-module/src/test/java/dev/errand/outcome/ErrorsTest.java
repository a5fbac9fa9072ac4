package dev.errand.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.errand.json.Secrets;
import dev.errand.store.ErrorText;
import jakarta.ejb.CreateException;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.ejb.TransactionRolledbackLocalException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {
    private static final IllegalStateException THROWN = new IllegalStateException("by the handler");

    @Test
    void whatTheHandlerThrewIsFoundInsideWhatTheContainerThrew() {
        Exception wrapped = new EJBException(
                "outer",
                new EJBTransactionRolledbackException("inner", new TransactionRolledbackLocalException("", THROWN)));

        assertThat(Errors.unwrap(wrapped)).isSameAs(THROWN);
        assertThat(Errors.unwrap(THROWN)).isSameAs(THROWN);
    }

    @Test
    void theHandlersOwnWrappingStays() {
        RuntimeException own = new RuntimeException(THROWN);

        assertThat(Errors.unwrap(new EJBException("", own))).isSameAs(own);
    }

    @Test
    void anEjbExceptionWithoutACauseIsTheError() {
        EJBException bare = new EJBException("no bean");

        assertThat(Errors.unwrap(bare)).isSameAs(bare);
    }

    @Test
    void aServerThatIsStillStartingIsToldFromAHandlerThatFails() {
        EJBException refused = new EJBException("Attempt to invoke when container is in Initializing");

        assertThat(Errors.refused(refused)).isTrue();
        assertThat(Errors.refused(new IllegalStateException("a bean that the handler calls", refused)))
                .isTrue();
        assertThat(Errors.refused(new EJBException(new CreateException("Could not create stateless EJB"))))
                .isTrue();
        assertThat(Errors.refused(new EJBException("no bean"))).isFalse();
        assertThat(Errors.refused(new EJBException())).isFalse();
        assertThat(Errors.refused(new IllegalStateException(refused.getMessage())))
                .isFalse();
        assertThat(Errors.refused(null)).isFalse();
    }

    @Test
    void aCircleOfCausesIsNoTrap() {
        EJBException first = new EJBException("first");
        EJBException second = new EJBException("second", first);
        first.initCause(second);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(Errors.unwrap(first)).isInstanceOf(EJBException.class);
            assertThat(Errors.databaseTrouble(first)).isFalse();
            assertThat(Errors.conflict(first)).isFalse();
            assertThat(Errors.refused(first)).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "08006", "08S01", "53300", "57P01"})
    void aTransientStateIsTheDatabasesTroubleHoweverDeep(String state) {
        assertThat(Errors.databaseTrouble(sql(state))).isTrue();
        assertThat(Errors.databaseTrouble(new EJBException("", new RuntimeException(sql(state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42703", "08", "4000", "HY000"})
    void anyOtherStateIsTheWorksOwn(String state) {
        assertThat(Errors.databaseTrouble(sql(state))).isFalse();
    }

    @Test
    void driversThatSayItByTheExceptionsClassAreUnderstood() {
        assertThat(Errors.databaseTrouble(new RuntimeException(new SQLTimeoutException())))
                .isTrue();
        assertThat(Errors.databaseTrouble(new RuntimeException(new SQLRecoverableException())))
                .isTrue();
        assertThat(Errors.databaseTrouble(new RuntimeException(new SQLTransactionRollbackException())))
                .isTrue();
        assertThat(Errors.databaseTrouble(new SQLIntegrityConstraintViolationException("", "23505")))
                .isFalse();
    }

    @Test
    void noDatabaseNoTrouble() {
        assertThat(Errors.databaseTrouble(THROWN)).isFalse();
        assertThat(Errors.databaseTrouble(new SQLException("no state"))).isFalse();
        assertThat(Errors.conflict(THROWN)).isFalse();
        assertThat(Errors.conflict(new SQLException("no state"))).isFalse();
    }

    @Test
    void onlyARolledBackTransactionIsAConflict() {
        assertThat(Errors.conflict(new EJBException("", new RuntimeException(sql("40001")))))
                .isTrue();
        assertThat(Errors.conflict(sql("40P01"))).isTrue();
        assertThat(Errors.conflict(sql("08006"))).isFalse();
        assertThat(Errors.conflict(sql("57P01"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08S01", "57P01", "57P02", "57P03"})
    void aConnectionIsLostHoweverDeepThatIsSaid(String state) {
        assertThat(Errors.connectionLost(new EJBException("", new RuntimeException(sql(state)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"57014", "40001", "23505", "25P02", "08"})
    void anAnswerIsNoLostConnection(String state) {
        assertThat(Errors.connectionLost(sql(state))).isFalse();
        assertThat(Errors.connectionLost(new SQLException("no state"))).isFalse();
    }

    @Test
    void anErrorIsKeptAsTypeMessageAndTrace() {
        assertThat(Errors.text(THROWN, 10_000, Secrets.NONE)).satisfies(text -> {
            assertThat(text.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(text.message()).isEqualTo("by the handler");
            assertThat(text.trace()).startsWith("java.lang.IllegalStateException: by the handler\n");
        });
        assertThat(Errors.text(new RuntimeException(), 10_000, Secrets.NONE).message())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1205, 1020})
    void whatMariaDbSaysByNumberOnlyIsAConflict(int code) {
        SQLException error = new SQLException("said the driver", "HY000", code);

        assertThat(Errors.conflict(new EJBException("", new RuntimeException(error))))
                .isTrue();
        assertThat(Errors.databaseTrouble(error)).isTrue();
        assertThat(Errors.conflict(new SQLException("of another database", "72000", code)))
                .isFalse();
    }

    private static SQLException sql(String state) {
        return new SQLException("said the driver", state);
    }

    @Test
    void aMaskedValueIsNowhereInWhatIsKept() {
        Secrets secrets = Secrets.of("{\"password\":\"hunter2\"}", Set.of("password"));
        Exception error = new IllegalStateException("hunter2?", new IllegalArgumentException("not hunter2"));
        error.addSuppressed(new IllegalStateException("nor hunter2"));

        ErrorText text = Errors.text(error, 100_000, secrets);
        assertThat(text.message()).isEqualTo("***?");
        assertThat(text.trace()).contains("***?", "not ***", "nor ***").doesNotContain("hunter2");
        assertThat(Errors.line(error, secrets)).isEqualTo("java.lang.IllegalStateException: ***?");
    }
}
