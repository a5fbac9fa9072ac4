package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainsTest {
    private final SettableClock clock = new SettableClock();
    private final List<Long> requests = new ArrayList<>();
    private final DrainGuard guard = new DrainGuard();
    private final Drains drains = new Drains();

    @BeforeEach
    void wire() {
        drains.clock = clock;
        drains.guard = guard;
        drains.outbox = new Outbox();
        drains.sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
        drains.config = new ConfigReader(key -> Optional.empty()).read();
    }

    private List<DrainMessage> sent() {
        return drains.outbox.poll().stream()
                .flatMap(commit -> commit.messages().stream())
                .map(DrainMessage.class::cast)
                .toList();
    }

    @Test
    void soManyGoOutAsAreNotUnderWay() {
        drains.start(2, 7);
        assertThat(sent()).extracting(DrainMessage::priority).containsExactly(7, 7);

        drains.start(3, 4);
        assertThat(sent()).hasSize(1);
        assertThat(drains.underWay()).isTrue();
    }

    @Test
    void theSweepLooksWhenOneHasEnded() {
        drains.start(2, 4);
        List<DrainMessage> sent = sent();

        drains.ended(sent.get(0), true);
        assertThat(drains.underWay()).isTrue();
        drains.ended(sent.get(1), false);
        assertThat(drains.underWay()).isFalse();
        assertThat(requests).hasSize(2);
    }

    @Test
    void whatHasFailedRequestsNoSweep() {
        drains.start(1, 4);
        drains.failed(sent().get(0));

        assertThat(drains.underWay()).isFalse();
        assertThat(requests).isEmpty();
    }

    /** Else a drain and the sweep that do not agree on what is due keep each other busy. */
    @Test
    void drainsThatRunNothingAgainAndAgainHaveTheSweepWait() {
        for (int i = 0; i < 4; i++) {
            drains.start(1, 4);
            drains.ended(sent().get(0), false);
        }
        long now = clock.millis();
        assertThat(requests).containsExactly(now, now, now, now + Drains.IDLE_PAUSE_MILLIS);

        drains.start(1, 4);
        drains.ended(sent().get(0), true);
        drains.start(1, 4);
        drains.ended(sent().get(0), false);
        assertThat(requests).endsWith(now, now);
    }

    @Test
    void oneThatIsLostOnItsWayIsReplaced() {
        drains.start(1, 4);
        clock.forward(Drains.START_MILLIS - 1);
        assertThat(drains.underWay()).isTrue();
        clock.forward(1);
        assertThat(drains.underWay()).isFalse();
    }

    @Test
    void oneThatIsHeldUpAtItsWorkHoldsUpNobodyForLong() {
        drains.start(1, 4);
        DrainMessage drain = sent().get(0);
        clock.forward(4_000);
        drains.atWork(drain);
        clock.forward(Drains.PATIENCE_MILLIS - 1);
        assertThat(drains.underWay()).isTrue();
        clock.forward(1);
        assertThat(drains.underWay()).isFalse();

        drains.atWork(drain);
        assertThat(drains.underWay()).as("it goes on").isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaiting() {
        drains.start(1, 4);
        clock.forward(-3_600_000);
        assertThat(drains.underWay()).isFalse();
    }
}
