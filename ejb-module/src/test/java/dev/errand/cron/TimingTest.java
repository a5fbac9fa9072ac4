package dev.errand.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TimingTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:30.250Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static Timing every(Instant from, Instant until) {
        return Timing.of(null, QUARTER, ZoneOffset.UTC, from, until);
    }

    @Test
    void anIntervalBeginsNowOrAtItsStart() {
        assertThat(every(null, null).first(NOW)).isEqualTo("2026-11-28T08:15:30Z");
        Instant start = Instant.parse("2026-11-29T00:00:00.5Z");
        assertThat(every(start, null).first(NOW)).isEqualTo("2026-11-29T00:00:01Z");
        assertThat(every(Instant.parse("2026-11-01T00:05:00Z"), null).first(NOW))
                .isEqualTo("2026-11-28T08:05:00Z");
    }

    @Test
    void anIntervalKeepsItsRhythm() {
        Instant known = Instant.parse("2026-11-28T07:01:00Z");
        assertThat(every(null, null).after(known, known)).contains(Instant.parse("2026-11-28T07:16:00Z"));
        assertThat(every(null, null).after(known, NOW)).contains(Instant.parse("2026-11-28T08:01:00Z"));
        assertThat(every(null, null).afterBreak(known, NOW)).contains(Instant.parse("2026-11-28T08:01:00Z"));
    }

    /** Unlike a cron expression, it does not follow the clock on the wall. */
    @Test
    void anIntervalDoesNotPauseWhenTheClockIsSetBack() {
        Timing timing = Timing.of(null, QUARTER, ZoneId.of("Europe/Berlin"), null, null);
        Instant known = Instant.parse("2026-10-25T00:45:00Z");
        assertThat(timing.after(known, known)).contains(Instant.parse("2026-10-25T01:00:00Z"));
    }

    @Test
    void noInstantIsOutsideOfTheLimits() {
        Timing timing = Timing.of(
                "0 * * * *",
                null,
                ZoneOffset.UTC,
                Instant.parse("2026-11-28T12:00:00Z"),
                Instant.parse("2026-11-28T13:00:00Z"));
        Instant first = timing.first(NOW);
        assertThat(first).isEqualTo("2026-11-28T12:00:00Z");
        assertThat(timing.after(first, first)).contains(Instant.parse("2026-11-28T13:00:00Z"));
        assertThat(timing.after(first, Instant.parse("2026-11-28T13:00:00Z"))).isEmpty();
    }

    @Test
    void theLastInstantBeforeAMomentIsFound() {
        Timing yearly = Timing.of("0 0 29 2 *", null, ZoneOffset.UTC, null, null);
        Instant first = Instant.parse("2000-02-29T00:00:00Z");
        assertThat(yearly.last(first, NOW)).isEqualTo("2024-02-29T00:00:00Z");
        assertThat(yearly.last(first, first)).isEqualTo(first);
        Instant known = Instant.parse("2026-11-28T07:01:00Z");
        assertThat(every(null, null).last(known, NOW)).isEqualTo("2026-11-28T07:46:00Z");
    }

    @Test
    void timesThatAreMissingOrContradictEachOtherAreRefused() {
        assertRefused("cron", "no times", () -> Timing.of(null, null, ZoneOffset.UTC, null, null));
        assertRefused("cron", "cron and every", () -> Timing.of("@daily", QUARTER, ZoneOffset.UTC, null, null));
        assertRefused("until", "before from", () -> every(NOW, NOW.minusSeconds(1)));
        assertRefused(
                "until", "never fires", () -> every(null, NOW.plusSeconds(60)).first(NOW));
    }

    private static void assertRefused(String field, String reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(reason);
    }
}
