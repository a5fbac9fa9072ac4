package dev.errand.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FiringTest {
    private static final Instant EIGHT = Instant.parse("2026-11-28T08:00:00Z");
    private static final Timing HOURLY = Timing.of("@hourly", null, ZoneOffset.UTC, null, null);
    private static final Timing EACH_SECOND = Timing.of(null, Duration.ofSeconds(1), ZoneOffset.UTC, null, null);

    private static Instant hour(int hour) {
        return EIGHT.plus(Duration.ofHours(hour - 8));
    }

    private static Firing.State state(Timing timing, Misfire misfire, Overlap overlap) {
        return new Firing.State(timing, misfire, overlap, EIGHT, false, false, false);
    }

    private static Firing.State unfinished(Firing.State state, Instant next, boolean waited) {
        return new Firing.State(state.timing(), state.misfire(), state.overlap(), next, waited, true, false);
    }

    private static Firing.State finished(Firing.State state, Firing before) {
        return new Firing.State(
                state.timing(),
                state.misfire(),
                state.overlap(),
                before.next(),
                before.lookAt().isAfter(before.next()),
                false,
                false);
    }

    private static Firing.State held(Firing.State state, boolean unfinished) {
        return new Firing.State(
                state.timing(), state.misfire(), state.overlap(), state.next(), false, unfinished, true);
    }

    @ParameterizedTest
    @EnumSource
    void anInstantFiresOnTime(Misfire misfire) {
        Firing firing = Firing.decide(state(HOURLY, misfire, Overlap.SKIP), EIGHT.plusMillis(30));

        assertThat(firing.fired()).containsExactly(EIGHT);
        assertThat(firing.next()).isEqualTo(hour(9));
        assertThat(firing.lookAt()).isEqualTo(hour(9));
        assertThat(firing.skipped()).isZero();
        assertThat(firing.missed()).isFalse();
    }

    @Test
    void aLookThatIsASecondLateLosesNoInstant() {
        for (Misfire misfire : Misfire.values()) {
            assertThat(Firing.decide(state(EACH_SECOND, misfire, Overlap.ALLOW), EIGHT.plusMillis(2_100))
                            .fired())
                    .containsExactly(EIGHT, EIGHT.plusSeconds(1), EIGHT.plusSeconds(2));
        }
    }

    @Test
    void theLastOfTheMissedInstantsFiresOnce() {
        Firing firing = Firing.decide(state(HOURLY, Misfire.ONCE, Overlap.SKIP), hour(12).plusSeconds(1_800));

        assertThat(firing.fired()).containsExactly(hour(12));
        assertThat(firing.next()).isEqualTo(hour(13));
        assertThat(firing.missed()).isTrue();
        assertThat(Firing.decide(state(HOURLY, Misfire.ONCE, Overlap.SKIP), hour(12).plusSeconds(1))
                        .fired())
                .as("one that is on time makes up for those before it")
                .containsExactly(hour(12));
        assertThat(Firing.decide(state(EACH_SECOND, Misfire.ONCE, Overlap.SKIP), EIGHT.plus(Duration.ofDays(36_500)))
                        .next())
                .as("a century late")
                .isEqualTo(EIGHT.plus(Duration.ofDays(36_500)).plusSeconds(1));
    }

    @Test
    void missedInstantsAreLeftOut() {
        Firing firing = Firing.decide(state(HOURLY, Misfire.SKIP, Overlap.SKIP), hour(12).plusSeconds(1_800));

        assertThat(firing.fired()).isEmpty();
        assertThat(firing.next()).isEqualTo(hour(13));
        assertThat(firing.missed()).isTrue();
        assertThat(Firing.decide(state(HOURLY, Misfire.SKIP, Overlap.SKIP), hour(12).plusSeconds(1))
                        .fired())
                .containsExactly(hour(12));
    }

    @Test
    void eachMissedInstantFires() {
        assertThat(Firing.decide(state(HOURLY, Misfire.ALL, Overlap.ALLOW), hour(11).plusSeconds(1))
                        .fired())
                .containsExactly(hour(8), hour(9), hour(10), hour(11));
    }

    @Test
    void missedInstantsFireOneAfterTheOther() {
        Firing.State state = state(HOURLY, Misfire.ALL, Overlap.SKIP);
        Instant now = hour(10).plusSeconds(60);

        Firing first = Firing.decide(state, now);
        assertThat(first.fired()).containsExactly(hour(8));
        assertThat(first.next()).isEqualTo(hour(9));
        assertThat(first.lookAt()).isEqualTo(now.plusSeconds(1));

        Firing again = Firing.decide(unfinished(state, first.next(), true), now.plusSeconds(1));
        assertThat(again.fired()).isEmpty();
        assertThat(again.next()).isEqualTo(hour(9));
        assertThat(again.skipped()).isZero();

        Firing second = Firing.decide(finished(state, again), now.plusSeconds(2));
        assertThat(second.fired()).containsExactly(hour(9));
        Firing third = Firing.decide(finished(state, second), now.plusSeconds(3));
        assertThat(third.fired()).containsExactly(hour(10));
        assertThat(third.next()).isEqualTo(hour(11));
        assertThat(third.lookAt()).isEqualTo(hour(11));
    }

    @Test
    void ofVeryManyMissedInstantsTheNewestFire() {
        Instant now = EIGHT.plus(Duration.ofDays(7));

        List<Instant> fired = Firing.decide(state(EACH_SECOND, Misfire.ALL, Overlap.ALLOW), now)
                .fired();

        assertThat(fired).hasSize(Firing.MOST_MISSED + 5).isSorted().doesNotHaveDuplicates();
        assertThat(fired.get(fired.size() - 1)).isEqualTo(now);
    }

    @Test
    void anInstantThatComesDuringTheLastTaskIsSkippedAndCounted() {
        Firing firing = Firing.decide(
                unfinished(state(HOURLY, Misfire.ONCE, Overlap.SKIP), EIGHT, false), EIGHT.plusSeconds(1));

        assertThat(firing.fired()).isEmpty();
        assertThat(firing.next()).isEqualTo(hour(9));
        assertThat(firing.skipped()).isEqualTo(1);
        assertThat(firing.lastSkipped()).isEqualTo(EIGHT);
    }

    @ParameterizedTest
    @EnumSource
    void anInstantWaitsForTheEndOfTheLastTask(Misfire misfire) {
        Firing.State state = state(HOURLY, misfire, Overlap.QUEUE);

        Firing waits = Firing.decide(unfinished(state, EIGHT, false), EIGHT.plusSeconds(1));
        assertThat(waits.fired()).isEmpty();
        assertThat(waits.next()).isEqualTo(EIGHT);
        assertThat(waits.lookAt()).isEqualTo(EIGHT.plusSeconds(2));
        assertThat(waits.skipped()).isZero();

        Firing fires = Firing.decide(finished(state, waits), EIGHT.plusSeconds(600));
        assertThat(fires.fired()).containsExactly(EIGHT);
        assertThat(fires.next()).isEqualTo(hour(9));
        assertThat(fires.missed()).as("it only waited").isFalse();
    }

    @Test
    void ofSeveralInstantsThatWaitTheLastOneFires() {
        Firing.State state = state(HOURLY, Misfire.ONCE, Overlap.QUEUE);
        Firing waits = Firing.decide(unfinished(state, EIGHT, false), EIGHT.plusSeconds(1));

        assertThat(Firing.decide(finished(state, waits), hour(11).plusSeconds(600))
                        .fired())
                .containsExactly(hour(11));
    }

    @Test
    void anInstantFiresBesideTheLastTask() {
        assertThat(Firing.decide(
                                unfinished(state(HOURLY, Misfire.ONCE, Overlap.ALLOW), EIGHT, false),
                                EIGHT.plusSeconds(1))
                        .fired())
                .containsExactly(EIGHT);
    }

    @ParameterizedTest
    @EnumSource
    void whileNoTaskOfItRunsAtMostOneWaits(Overlap overlap) {
        for (Misfire misfire : Misfire.values()) {
            Firing.State state = state(HOURLY, misfire, overlap);
            Firing first = Firing.decide(held(state, false), EIGHT.plusSeconds(1));
            assertThat(first.fired()).containsExactly(EIGHT);

            Firing later = Firing.decide(held(state, true), hour(12).plusSeconds(1));
            assertThat(later.fired()).isEmpty();
            assertThat(later.next()).isEqualTo(hour(13));
            assertThat(later.lookAt()).isEqualTo(hour(13));
        }
    }

    @Test
    void aScheduleEndsAfterItsLastInstant() {
        Timing timing = Timing.of("@hourly", null, ZoneOffset.UTC, null, hour(8));

        Firing firing = Firing.decide(state(timing, Misfire.ONCE, Overlap.SKIP), EIGHT.plusSeconds(1));
        assertThat(firing.fired()).containsExactly(EIGHT);
        assertThat(firing.next()).isNull();
        assertThat(firing.lookAt()).isNull();
        assertThat(Firing.decide(state(timing, Misfire.ONCE, Overlap.SKIP), hour(20))
                        .fired())
                .as("missed")
                .containsExactly(EIGHT);
    }
}
