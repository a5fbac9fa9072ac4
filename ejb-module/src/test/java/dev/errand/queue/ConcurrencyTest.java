package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import dev.errand.config.ConfigReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private final Concurrency concurrency = new Concurrency(
            new ConfigReader(key -> key.equals("errand.concurrency") ? Optional.of("2") : Optional.empty()).read());

    private boolean enters() throws InterruptedException {
        return concurrency.enter(Duration.ZERO);
    }

    @Test
    void noMoreTasksRunAtOnceThanTheSettingAllows() throws InterruptedException {
        assertThat(enters()).isTrue();
        assertThat(enters()).isTrue();
        assertThat(enters()).isFalse();
        concurrency.leave();
        assertThat(enters()).isTrue();
    }

    @Test
    void aHigherLimitHoldsAtOnce() throws InterruptedException {
        assertThat(enters() && enters()).isTrue();
        concurrency.limit(3);
        assertThat(enters()).isTrue();
        assertThat(enters()).isFalse();
        assertThat(concurrency.limit()).isEqualTo(3);
    }

    @Test
    void aLowerLimitHoldsAsSoonAsFewEnoughRun() throws InterruptedException {
        assertThat(enters() && enters()).isTrue();
        concurrency.limit(1);
        concurrency.leave();
        assertThat(enters()).isFalse();
        concurrency.leave();
        assertThat(enters()).isTrue();
    }

    @Test
    void aLimitOutOfRangeIsRefusedAndChangesNothing() {
        for (int wrong : new int[] {0, -1, 1_001}) {
            assertThatThrownBy(() -> concurrency.limit(wrong))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("1 to 1000");
        }
        assertThat(concurrency.limit()).isEqualTo(2);
    }
}
