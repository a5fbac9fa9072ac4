package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handler.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static Policy policy(Duration countdown, double backoff, Duration max, boolean jitter) {
        return new Policy(List.of(), List.of(), 3, countdown, backoff, max, jitter, List.of());
    }

    private static Policy doubling(boolean jitter) {
        return policy(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), jitter);
    }

    @Test
    void withoutAFactorEachWaitIsTheSame() {
        assertThat(Backoff.delay(Policy.NONE, 0, 0)).isEqualTo(Duration.ofMinutes(3));
        assertThat(Backoff.delay(Policy.NONE, 1_000_000, 0.9)).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 20", "2, 40", "3, 80", "4, 160", "5, 300", "6, 300"})
    void withAFactorEachWaitIsLongerUpToTheCap(int retries, int seconds) {
        assertThat(Backoff.delay(doubling(false), retries, 0)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 63, 1_024, 1_000_000, Integer.MAX_VALUE})
    void theCapHoldsForAnyNumberOfRetries(int retries) {
        Policy steep = policy(Duration.ofMillis(1), 10, Duration.ofDays(36_525), false);

        assertThat(Backoff.delay(steep, retries, 0)).isEqualTo(Duration.ofDays(36_525));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000})
    void noWaitStaysNoWait(int retries) {
        assertThat(Backoff.delay(policy(Duration.ZERO, 10, Duration.ofHours(1), false), retries, 0.5))
                .isZero();
    }

    @Test
    void jitterDrawsFromNothingToTheWholeWait() {
        assertThat(Backoff.delay(doubling(true), 2, 0)).isZero();
        assertThat(Backoff.delay(doubling(true), 2, 0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Backoff.delay(doubling(true), 2, Math.nextDown(1.0))).isLessThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void jitterDrawsBelowTheCap() {
        Policy steep = policy(Duration.ofSeconds(1), 10, Duration.ofMinutes(1), true);

        assertThat(Backoff.delay(steep, 1_000_000, 0.5)).isEqualTo(Duration.ofSeconds(30));
    }

    private static Policy listed(boolean jitter) {
        List<Duration> waits = List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(5));
        return new Policy(List.of(), List.of(), 9, waits.get(0), 1, waits.get(2), jitter, waits);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 10", "2, 300", "3, 300", "1000000, 300"})
    void withAListOfWaitsEachRetryHasItsOwnAndTheLastOneRepeats(int retries, int seconds) {
        assertThat(Backoff.delay(listed(false), retries, 0.5)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void jitterDrawsFromTheListedWait() {
        assertThat(Backoff.delay(listed(true), 1, 0.5)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void withoutJitterChanceCountsForNothing() {
        assertThat(Backoff.delay(doubling(false), 2, 0.1)).isEqualTo(Backoff.delay(doubling(false), 2, 0.9));
    }
}
