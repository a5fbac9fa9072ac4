package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.store.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerStatsTest {
    private static final long MICROS = 1_000;
    private static final long MILLIS = 1_000_000;

    private final SettableClock clock = new SettableClock();
    private final HandlerStats stats = new HandlerStats();

    @BeforeEach
    void wire() {
        stats.clock = clock;
        stats.config = new ConfigReader(key -> Optional.empty()).read();
        stats.start();
        clock.forward(HandlerStats.ALONE_MILLIS);
    }

    private void ran(int times, long nanos, boolean failed) {
        for (int i = 0; i < times; i++) {
            stats.ran("t.t", nanos, failed);
        }
    }

    private TaskRecord record(Long expires) {
        return new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, clock.millis(), expires);
    }

    @Test
    void anUnknownHandlerRunsAlone() {
        assertThat(stats.most("t.t")).isEqualTo(1);
        ran(1, 10 * MICROS, false);
        assertThat(stats.most("t.t")).as("the first run loads classes").isEqualTo(1);
        assertThat(stats.alone("t.t")).isEqualTo(Integer.MAX_VALUE);

        ran(1, 10 * MICROS, false);
        assertThat(stats.most("t.t")).isEqualTo(100);
        assertThat(stats.alone("t.t")).isEqualTo(4);
    }

    @Test
    void theLongerATaskTakesTheFewerShareACommitAndTheMoreBatchRunnersThereAre() {
        ran(10, MILLIS, false);
        assertThat(stats.most("t.t")).isBetween(15, 25);
        assertThat(stats.runners("t.t")).isBetween(6, 10);

        ran(200, 10 * MILLIS, false);
        assertThat(stats.most("t.t")).isEqualTo(1);
    }

    @Test
    void theLossOfTheProcessorDoesNotMakeATaskSlow() {
        ran(20, 100 * MICROS, false);
        ran(1, 30 * MILLIS, false);
        assertThat(stats.most("t.t")).isGreaterThan(20);

        ran(1, 500 * MILLIS, false);
        assertThat(stats.most("t.t")).isEqualTo(1);
    }

    @Test
    void aFailureTakesFewTasksWithIt() {
        ran(100, 100 * MICROS, false);
        ran(1, 100 * MICROS, true);
        assertThat(stats.most("t.t")).isLessThan(15);
        ran(10, 100 * MICROS, true);
        assertThat(stats.most("t.t")).isEqualTo(1);
    }

    /** The task that brought the node down last time is then in flight alone, and is found. */
    @Test
    void forAWhileAfterTheStartEachRunsAlone() {
        ran(100, 10 * MICROS, false);
        clock.forward(-1);
        assertThat(stats.shares(record(null), clock.millis())).isFalse();

        clock.forward(1);
        assertThat(stats.shares(record(null), clock.millis())).isTrue();
    }

    @Test
    void aTaskThatBatchRunnersLeaveDueRunsAloneForAMinute() {
        ran(100, 10 * MICROS, false);
        stats.runAlone(List.of("t.t"));
        assertThat(stats.shares(record(null), clock.millis())).isFalse();
        assertThat(stats.alone("t.t")).isEqualTo(Integer.MAX_VALUE);
        assertThat(stats.runsAlone()).isTrue();

        clock.forward(HandlerStats.BARRED_MILLIS);
        assertThat(stats.shares(record(null), clock.millis())).isTrue();
        assertThat(stats.runsAlone()).isFalse();
    }

    @Test
    void anExpiredTaskSharesNoTransaction() {
        ran(100, 10 * MICROS, false);
        assertThat(stats.shares(record(clock.millis()), clock.millis())).isFalse();
        assertThat(stats.shares(record(clock.millis() + 1), clock.millis())).isTrue();
    }

    @Test
    void anAdministratorCanAskForOneTaskAtATime() {
        stats.config = new ConfigReader(key ->
                        Optional.ofNullable(Map.of("errand.batch.max", "1").get(key)))
                .read();
        ran(100, 10 * MICROS, false);
        assertThat(stats.most("t.t")).isEqualTo(1);
    }
}
