package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskRetryTest {
    private final TaskRetry retry = new TaskRetry("again", new IllegalStateException("why"));

    @Test
    void withoutACallEverythingIsLeftToThePolicy() {
        assertThat(retry.countdown()).isNull();
        assertThat(retry.eta()).isNull();
        assertThat(retry.maxRetries()).isEmpty();
        assertThat(retry.argumentChanged()).isFalse();
        assertThat(retry).hasMessage("again").hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void itCanBeThrownInTheLineThatMakesIt() {
        Instant eta = Instant.parse("2026-06-01T12:00:00Z");

        assertThatThrownBy(() -> {
                    throw retry.countdown(Duration.ofMinutes(2))
                            .maxRetries(10)
                            .eta(eta)
                            .argument(List.of(1));
                })
                .isSameAs(retry);
        assertThat(retry.countdown()).isEqualTo(Duration.ofMinutes(2));
        assertThat(retry.maxRetries()).hasValue(10);
        assertThat(retry.eta()).isEqualTo(eta);
        assertThat(retry.argument()).isEqualTo(List.of(1));
    }

    @Test
    void nullIsAnArgumentToo() {
        retry.argument(null);

        assertThat(retry.argumentChanged()).isTrue();
        assertThat(retry.argument()).isNull();
    }

    @Test
    void aValueThatCannotBeIsRefusedWithItsNameAndItself() {
        assertThatThrownBy(() -> retry.countdown(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("countdown")
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> retry.countdown(null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("countdown");
        assertThatThrownBy(() -> retry.eta(null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("eta");
        assertThatThrownBy(() -> retry.maxRetries(-2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("maxRetries")
                .hasMessageContaining("-2");
    }

    @Test
    void minusOneIsNoLimitAndZeroIsNoRetry() {
        assertThat(retry.maxRetries(-1).maxRetries()).hasValue(-1);
        assertThat(retry.maxRetries(0).maxRetries()).hasValue(0);
    }

    /** Otherwise the outcome of the run could never be written, and the task would run without end. */
    @Test
    void anInstantTooFarForMillisecondsIsRefusedHere() {
        assertThatThrownBy(() -> retry.eta(Instant.MAX))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("eta");
    }
}
