package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepBellTest {
    private final SweepBell bell = new SweepBell();

    @Test
    void whileNobodyAnswersItRingsInVain() {
        assertThatCode(() -> bell.ring(1)).doesNotThrowAnyException();
    }

    @Test
    void theLastWhoAnswersHearsItAndWhen() {
        List<Long> before = new ArrayList<>();
        List<Long> now = new ArrayList<>();
        bell.answeredBy(before::add);
        bell.answeredBy(now::add);

        bell.ring(42);

        assertThat(before).isEmpty();
        assertThat(now).containsExactly(42L);
    }
}
