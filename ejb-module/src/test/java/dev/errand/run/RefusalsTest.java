package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.CreateException;
import jakarta.ejb.EJBException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RefusalsTest {
    private static final EJBException NOT_UP = new EJBException("Attempt to invoke when container is in Initializing");

    @Test
    void a_call_that_the_server_refused_is_a_refusal() {
        assertThat(Refusals.isRefusal(NOT_UP)).isTrue();
        assertThat(Refusals.isRefusal(new IllegalStateException("a bean that the handler calls", NOT_UP)))
                .isTrue();
        assertThat(Refusals.isRefusal(new EJBException(new CreateException("Could not create stateless EJB"))))
                .isTrue();
    }

    @Test
    void a_handler_that_fails_is_none() {
        assertThat(Refusals.isRefusal(new EJBException("no bean"))).isFalse();
        assertThat(Refusals.isRefusal(new EJBException())).isFalse();
        assertThat(Refusals.isRefusal(new IllegalStateException(NOT_UP.getMessage())))
                .isFalse();
        assertThat(Refusals.isRefusal(null)).isFalse();
    }
}
