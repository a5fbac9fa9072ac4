package dev.errand.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.SettableClock;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final long HALF_A_SECOND = 500;
    private static final long RUNS = Refusals.PATIENCE.toMillis() / HALF_A_SECOND;

    private final SettableClock clock = new SettableClock();
    private final Refusals refusals = new Refusals(clock);

    private void refuse(long times) {
        for (long i = 0; i < times; i++) {
            assertThat(refusals.mayStartAgain("one")).as("refusal " + i).isTrue();
            clock.forward(HALF_A_SECOND);
        }
    }

    @Test
    void patienceHasAnEnd() {
        refuse(RUNS);

        assertThat(refusals.mayStartAgain("one")).isFalse();
        assertThat(refusals.mayStartAgain("one")).isFalse();
    }

    @Test
    void eachHandlerHasItsOwn() {
        refuse(RUNS);

        assertThat(refusals.mayStartAgain("two")).isTrue();
    }

    @Test
    void itBeginsAnewOnceAHandlerWasCalledAgain() {
        refuse(RUNS);
        clock.forward(Refusals.GAP.toMillis() + 1);

        refuse(RUNS);
    }
}
