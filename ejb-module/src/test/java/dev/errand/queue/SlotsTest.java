package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Bundle FIRST = new Bundle(List.of(new TaskMessage("first", 1, "example.echo", 4, 1)));
    private static final Bundle SECOND = new Bundle(List.of(new TaskMessage("second", 1, "example.echo", 4, 1)));

    private final SettableClock clock = new SettableClock();
    private final Slots slots = new Slots();

    @BeforeEach
    void wire() {
        slots.clock = clock;
        slots.outbox = new Outbox();
    }

    @Test
    void aBundleHasItsSlotUntilItIsUsedUp() {
        slots.take(FIRST);
        slots.take(SECOND);
        assertThat(slots.busy()).isEqualTo(2);

        slots.free(FIRST);
        assertThat(slots.busy()).isEqualTo(1);
    }

    @Test
    void whoWaitsForASlotIsWokenOnce() {
        slots.take(FIRST);
        slots.take(SECOND);
        slots.want();

        slots.free(FIRST);
        assertThat(slots.outbox.poll()).hasSize(1);
        slots.free(SECOND);
        assertThat(slots.outbox.poll()).isEmpty();
    }

    @Test
    void nobodyIsWokenByABundleThatHadNone() {
        slots.want();
        slots.free(FIRST);
        assertThat(slots.outbox.poll()).isEmpty();
    }

    @Test
    void aBundleThatWasLostHoldsUpTheOthersForASecond() {
        slots.take(FIRST);
        clock.forward(Slots.PATIENCE_MILLIS);
        assertThat(slots.busy()).isEqualTo(1);
        clock.forward(1);
        assertThat(slots.busy()).isZero();
    }

    @Test
    void aClockThatIsSetBackGivesNobodyASlotForLong() {
        slots.take(FIRST);
        clock.forward(-3_600_000);
        assertThat(slots.busy()).isZero();
    }
}
