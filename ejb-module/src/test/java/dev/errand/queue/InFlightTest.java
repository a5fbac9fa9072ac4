package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final long LEASE = 30_000;

    private final SettableClock clock = new SettableClock();
    private final List<Long> requests = new ArrayList<>();
    private final InFlight inFlight = new InFlight();

    @BeforeEach
    void wire() {
        inFlight.clock = clock;
        inFlight.sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
    }

    private int fill() {
        int taken = 0;
        while (inFlight.reserve("task-" + taken, Integer.MAX_VALUE, clock.millis() + LEASE)) {
            taken++;
        }
        return taken;
    }

    private void done(int from, int to) {
        IntStream.range(from, to).forEach(i -> inFlight.done("task-" + i));
    }

    @Test
    void anIdleNodeHasRoomForTheLeast() {
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
        assertThat(fill()).isEqualTo(InFlight.LEAST);
        assertThat(inFlight.room()).isZero();
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepLostMessagesInTheirPlaces() {
        fill();
        clock.forward(-3_600_000);
        inFlight.clockSetBack(clock.millis() + LEASE);
        assertThat(inFlight.room()).isZero();
        clock.forward(LEASE);
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
    }

    @Test
    void whileTheQueueIsAwayThereIsNoRoomAndThenTheSweepLooks() {
        inFlight.close();
        assertThat(inFlight.reserve("task", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isFalse();
        assertThat(inFlight.room()).isZero();
        assertThat(requests).isEmpty();

        inFlight.open();
        assertThat(requests).containsExactly(clock.millis());
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
    }

    @Test
    void aNewTaskWaitsBehindThoseInTheTable() {
        inFlight.backlog(true);
        assertThat(inFlight.reserve("new", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isFalse();
        inFlight.put("old", clock.millis() + LEASE);
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST - 1);

        inFlight.backlog(false);
        assertThat(inFlight.reserve("new", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isTrue();
    }

    @Test
    void aTaskThatCanShareACommitIsSentAloneOnlyWhileFewAreInFlight() {
        assertThat(inFlight.reserve("first", 2, clock.millis() + LEASE)).isTrue();
        assertThat(inFlight.reserve("second", 2, clock.millis() + LEASE)).isTrue();

        assertThat(inFlight.reserve("third", 2, clock.millis() + LEASE)).isFalse();
        assertThat(inFlight.reserve("behind it", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isFalse();
    }

    @Test
    void aTaskWithoutRoomTakesNoPlace() {
        fill();

        assertThat(inFlight.reserve("late", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isFalse();
        inFlight.done("late");
        assertThat(inFlight.room()).isZero();
    }

    @Test
    void aMessageThatIsUsedUpFreesItsPlace() {
        fill();

        inFlight.done("task-0");

        assertThat(inFlight.room()).isEqualTo(1);
        inFlight.backlog(false);
        assertThat(inFlight.reserve("next", Integer.MAX_VALUE, clock.millis() + LEASE))
                .isTrue();
    }

    @Test
    void oneSweepIsRequestedWhenHalfOfThePlacesAreFree() {
        fill();

        done(0, InFlight.LEAST / 2 - 1);
        assertThat(requests).isEmpty();

        done(InFlight.LEAST / 2 - 1, InFlight.LEAST);
        assertThat(requests).containsExactly(clock.millis());
    }

    @Test
    void noSweepIsRequestedIfNothingWaits() {
        inFlight.reserve("only", Integer.MAX_VALUE, clock.millis() + LEASE);

        inFlight.done("only");
        inFlight.eachSecond(16);

        assertThat(requests).isEmpty();
    }

    @Test
    void aWaiterForRoomIsToldEvenIfNothingIsInFlightHere() {
        inFlight.backlog(true);

        inFlight.eachSecond(16);

        assertThat(requests).hasSize(1);
    }

    @Test
    void aMessageOfAnotherNodeFreesNoPlaceAndRequestsNoSweep() {
        fill();

        inFlight.done("from another node");

        assertThat(inFlight.room()).isZero();
        assertThat(requests).isEmpty();
    }

    @Test
    void aMessageThatTheBrokerLostCountsUntilItsLeaseExpires() {
        fill();

        clock.forward(LEASE - 1);
        assertThat(inFlight.room()).isZero();

        clock.forward(1);
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
    }

    @Test
    void theLimitIsTheWorkOfHalfASecond() {
        IntStream.range(0, 200).forEach(i -> inFlight.done("task-" + i));

        inFlight.eachSecond(16);

        assertThat(inFlight.room()).isEqualTo(100);
    }

    @Test
    void theLimitHasAnUpperEndAndALowerOne() {
        IntStream.range(0, 5_000).forEach(i -> inFlight.done("task-" + i));

        inFlight.eachSecond(16);
        assertThat(inFlight.room()).isEqualTo(InFlight.MOST);

        inFlight.eachSecond(16);
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST);
    }

    @Test
    void aLimitBelowTheTasksInFlightLeavesNoRoom() {
        IntStream.range(0, 200).forEach(i -> inFlight.done("before-" + i));
        inFlight.eachSecond(16);
        fill();

        inFlight.eachSecond(16);

        assertThat(inFlight.room()).isZero();
    }

    @Test
    void aSecondMessageForTheSameTaskTakesNoSecondPlace() {
        inFlight.reserve("task", Integer.MAX_VALUE, clock.millis() + LEASE);
        inFlight.reserve("task", Integer.MAX_VALUE, clock.millis() + 2 * LEASE);

        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST - 1);
        clock.forward(LEASE);
        assertThat(inFlight.room()).isEqualTo(InFlight.LEAST - 1);
    }

    @Test
    void theNextMessageIsAtHandForEachTaskThatRunsAtOnce() {
        inFlight.eachSecond(500);
        assertThat(inFlight.room()).isEqualTo(1_000);
    }
}
