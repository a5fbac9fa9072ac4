package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchRunnersTest {
    private final SettableClock clock = new SettableClock();
    private final List<Long> requests = new ArrayList<>();
    private final BatchGuard guard = new BatchGuard();
    private final BatchRunners runners = new BatchRunners();
    private Concurrency concurrency;

    @BeforeEach
    void wire() {
        runners.clock = clock;
        runners.guard = guard;
        runners.outbox = new Outbox();
        runners.sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
        runners.config = new ConfigReader(key -> Optional.empty()).read();
        concurrency = new Concurrency(runners.config);
        runners.places = new QueuePlaces();
        runners.places.concurrency = concurrency;
    }

    private List<BatchMessage> sent() {
        return runners.outbox.poll().stream()
                .flatMap(commit -> commit.messages().stream())
                .map(BatchMessage.class::cast)
                .toList();
    }

    @Test
    void soManyGoOutAsAreNotUnderWay() {
        runners.start(2, 7);
        assertThat(sent()).extracting(BatchMessage::priority).containsExactly(7, 7);

        runners.start(3, 4);
        assertThat(sent()).hasSize(1);
        assertThat(runners.underWay()).isTrue();
    }

    @Test
    void noMoreGoOutThanTasksRunAtOnce() {
        concurrency.limit(1);
        runners.start(2, 4);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void theSweepLooksWhenOneHasEnded() {
        runners.start(2, 4);
        List<BatchMessage> sent = sent();

        runners.ended(sent.get(0), true);
        assertThat(runners.underWay()).isTrue();
        runners.ended(sent.get(1), false);
        assertThat(runners.underWay()).isFalse();
        assertThat(requests).hasSize(2);
    }

    @Test
    void aFailedBatchRunnerRequestsNoSweep() {
        runners.start(1, 4);
        runners.failed(sent().get(0));

        assertThat(runners.underWay()).isFalse();
        assertThat(requests).isEmpty();
    }

    /** Otherwise a batch runner and the sweep keep each other busy when they do not agree on the due tasks. */
    @Test
    void batchRunnersThatRunNothingAgainAndAgainHaveTheSweepWait() {
        for (int i = 0; i < 4; i++) {
            runners.start(1, 4);
            runners.ended(sent().get(0), false);
        }
        long now = clock.millis();
        assertThat(requests).containsExactly(now, now, now, now + BatchRunners.IDLE_PAUSE_MILLIS);

        runners.start(1, 4);
        runners.ended(sent().get(0), true);
        runners.start(1, 4);
        runners.ended(sent().get(0), false);
        assertThat(requests).endsWith(now, now);
    }

    @Test
    void oneThatIsLostOnItsWayIsReplaced() {
        runners.start(1, 4);
        clock.forward(BatchRunners.START_MILLIS - 1);
        assertThat(runners.underWay()).isTrue();
        clock.forward(1);
        assertThat(runners.underWay()).isFalse();
    }

    @Test
    void aBlockedBatchRunnerDoesNotBlockTheOthersForLong() {
        runners.start(1, 4);
        BatchMessage message = sent().get(0);
        clock.forward(4_000);
        runners.atWork(message);
        clock.forward(BatchRunners.PATIENCE_MILLIS - 1);
        assertThat(runners.underWay()).isTrue();
        clock.forward(1);
        assertThat(runners.underWay()).isFalse();

        runners.atWork(message);
        assertThat(runners.underWay()).as("it continues").isTrue();
    }

    @Test
    void aClockThatIsSetBackDelaysNoTask() {
        runners.start(1, 4);
        clock.forward(-3_600_000);
        assertThat(runners.underWay()).isFalse();
    }
}
