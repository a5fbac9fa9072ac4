package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.json.Secrets;
import dev.errand.store.ErrorText;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.ejb.TransactionRolledbackLocalException;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ErrorReportTest {
    private static final IllegalStateException THROWN = new IllegalStateException("by the handler");

    @Test
    void the_handlers_exception_is_found_inside_the_containers() {
        Exception wrapped = new EJBException(
                "outer",
                new EJBTransactionRolledbackException("inner", new TransactionRolledbackLocalException("", THROWN)));

        assertThat(ErrorReport.unwrap(wrapped)).isSameAs(THROWN);
        assertThat(ErrorReport.unwrap(THROWN)).isSameAs(THROWN);
    }

    @Test
    void the_handlers_own_wrapping_stays() {
        RuntimeException own = new RuntimeException(THROWN);

        assertThat(ErrorReport.unwrap(new EJBException("", own))).isSameAs(own);
    }

    @Test
    void an_ejb_exception_without_a_cause_is_the_error() {
        EJBException bare = new EJBException("no bean");

        assertThat(ErrorReport.unwrap(bare)).isSameAs(bare);
    }

    @Test
    void an_error_is_kept_as_type_message_and_trace() {
        assertThat(ErrorReport.text(THROWN, 10_000, Secrets.NONE)).satisfies(text -> {
            assertThat(text.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(text.message()).isEqualTo("by the handler");
            assertThat(text.trace()).startsWith("java.lang.IllegalStateException: by the handler\n");
        });
        assertThat(ErrorReport.text(new RuntimeException(), 10_000, Secrets.NONE)
                        .message())
                .isNull();
    }

    @Test
    void a_masked_value_is_nowhere_in_the_report() {
        Secrets secrets = Secrets.of("{\"password\":\"hunter2\"}", Set.of("password"));
        Exception error = new IllegalStateException("hunter2?", new IllegalArgumentException("not hunter2"));
        error.addSuppressed(new IllegalStateException("nor hunter2"));

        ErrorText text = ErrorReport.text(error, 100_000, secrets);
        assertThat(text.message()).isEqualTo("***?");
        assertThat(text.trace()).contains("***?", "not ***", "nor ***").doesNotContain("hunter2");
        assertThat(ErrorReport.line(error, secrets)).isEqualTo("java.lang.IllegalStateException: ***?");
    }

    @Test
    void a_circle_of_causes_ends() {
        EJBException first = new EJBException("first");
        first.initCause(new EJBException("second", first));

        assertThat(ErrorReport.unwrap(first)).isInstanceOf(EJBException.class);
    }
}
