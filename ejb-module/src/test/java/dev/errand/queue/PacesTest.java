package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.store.TaskRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacesTest {
    private static final long MICROS = 1_000;
    private static final long MILLIS = 1_000_000;

    private final SettableClock clock = new SettableClock();
    private final Paces paces = new Paces();

    @BeforeEach
    void wire() {
        paces.clock = clock;
        paces.config = new ConfigReader(key -> Optional.empty()).read();
        paces.start();
        clock.forward(Paces.ALONE_MILLIS);
    }

    private void ran(int times, long nanos, boolean failed) {
        for (int i = 0; i < times; i++) {
            paces.ran("t.t", nanos, failed);
        }
    }

    private TaskRecord record(Long expires) {
        return new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, clock.millis(), expires);
    }

    @Test
    void whatNobodyKnowsRunsAlone() {
        assertThat(paces.most("t.t")).isEqualTo(1);
        ran(1, 10 * MICROS, false);
        assertThat(paces.most("t.t")).as("the first run loads classes").isEqualTo(1);
        assertThat(paces.alone("t.t")).isEqualTo(Integer.MAX_VALUE);

        ran(1, 10 * MICROS, false);
        assertThat(paces.most("t.t")).isEqualTo(100);
        assertThat(paces.alone("t.t")).isEqualTo(4);
    }

    @Test
    void theLongerATaskTakesTheFewerShareACommitAndTheMoreDrainsThereAre() {
        ran(10, MILLIS, false);
        assertThat(paces.most("t.t")).isBetween(15, 25);
        assertThat(paces.drains("t.t")).isBetween(6, 10);

        ran(200, 10 * MILLIS, false);
        assertThat(paces.most("t.t")).isEqualTo(1);
    }

    @Test
    void theLossOfTheProcessorDoesNotMakeATaskSlow() {
        ran(20, 100 * MICROS, false);
        ran(1, 30 * MILLIS, false);
        assertThat(paces.most("t.t")).isGreaterThan(20);

        ran(1, 500 * MILLIS, false);
        assertThat(paces.most("t.t")).isEqualTo(1);
    }

    @Test
    void whatFailsTakesFewWithIt() {
        ran(100, 100 * MICROS, false);
        ran(1, 100 * MICROS, true);
        assertThat(paces.most("t.t")).isLessThan(15);
        ran(10, 100 * MICROS, true);
        assertThat(paces.most("t.t")).isEqualTo(1);
    }

    /** What brought the node down last time is in flight by itself then, and is found. */
    @Test
    void forAWhileAfterTheStartEachRunsAlone() {
        ran(100, 10 * MICROS, false);
        clock.forward(-1);
        assertThat(paces.shares(record(null), clock.millis())).isFalse();

        clock.forward(1);
        assertThat(paces.shares(record(null), clock.millis())).isTrue();
    }

    @Test
    void whatDrainsLeaveDueRunsAloneForAMinute() {
        ran(100, 10 * MICROS, false);
        paces.runAlone(List.of("t.t"));
        assertThat(paces.shares(record(null), clock.millis())).isFalse();
        assertThat(paces.alone("t.t")).isEqualTo(Integer.MAX_VALUE);
        assertThat(paces.runsAlone()).isTrue();

        clock.forward(Paces.BARRED_MILLIS);
        assertThat(paces.shares(record(null), clock.millis())).isTrue();
        assertThat(paces.runsAlone()).isFalse();
    }

    @Test
    void whatIsExpiredSharesNothing() {
        ran(100, 10 * MICROS, false);
        assertThat(paces.shares(record(clock.millis()), clock.millis())).isFalse();
        assertThat(paces.shares(record(clock.millis() + 1), clock.millis())).isTrue();
    }

    @Test
    void oneAtATimeIsWhatAnAdministratorCanAskFor() {
        paces.config = new ConfigReader(key ->
                        Optional.ofNullable(Map.of("errand.bundle.max", "1").get(key)))
                .read();
        ran(100, 10 * MICROS, false);
        assertThat(paces.most("t.t")).isEqualTo(1);
    }
}
