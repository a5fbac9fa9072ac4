package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final ClockWatch watch = new ClockWatch();
    private long millis = 1_000_000;
    private long nanos = -5;

    private long after(Duration passed, long set) {
        millis += passed.toMillis() + set;
        nanos += passed.toNanos();
        return watch.jump(millis, nanos);
    }

    @Test
    void theFirstLookHasNothingToCompareWith() {
        assertThat(watch.jump(millis, nanos)).isZero();
    }

    @Test
    void timeThatPassesIsNoJump() {
        after(Duration.ZERO, 0);
        assertThat(after(Duration.ofSeconds(1), 0)).isZero();
        assertThat(after(Duration.ofDays(1), 0)).as("a pause of the machine").isZero();
    }

    @Test
    void aClockThatIsKeptRightIsNoJump() {
        after(Duration.ZERO, 0);
        assertThat(after(Duration.ofSeconds(1), -800)).isZero();
    }

    @Test
    void aJumpIsSeenOnce() {
        after(Duration.ZERO, 0);
        assertThat(after(Duration.ofSeconds(1), HOUR)).isEqualTo(HOUR);
        assertThat(after(Duration.ofSeconds(1), 0)).isZero();
        assertThat(after(Duration.ofSeconds(1), -HOUR)).isEqualTo(-HOUR);
        assertThat(after(Duration.ofSeconds(1), 0)).isZero();
    }
}
