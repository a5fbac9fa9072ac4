package dev.errand.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.FiringHint;
import dev.errand.queue.SettableClock;
import dev.errand.store.database.DatabaseMonitor;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScheduleWatchTest {
    private static final long BEAT = 10_000;

    private final SettableClock clock = new SettableClock();
    private final FiringHint hint = new FiringHint();
    private final ScheduleWatch watch = new ScheduleWatch();
    private OptionalLong first = OptionalLong.empty();
    private int due;
    private int fired;
    private int looks;
    private boolean away;

    {
        watch.clock = clock;
        watch.hint = hint;
        watch.monitor = new DatabaseMonitor() {
            @Override
            public boolean isCauseOf(Throwable error) {
                return true;
            }
        };
        watch.code = new CodeSchedules() {
            @Override
            void applyLate() {
                // the code is as the table
            }
        };
        watch.firing = new ScheduleFiring() {
            @Override
            public OptionalLong first() {
                return first;
            }

            @Override
            public int fire(int limit) {
                looks++;
                if (away) {
                    throw new IllegalStateException("away");
                }
                int some = Math.min(limit, due);
                due -= some;
                fired += some;
                return some;
            }
        };
    }

    private long look() {
        return watch.look(clock.millis() + BEAT);
    }

    @Test
    void theTableIsReadAtAnInstantAndAtTheBeatAndNotBetween() {
        first = OptionalLong.of(clock.millis() + 3_000);
        long next = first.getAsLong();
        assertThat(look()).isEqualTo(next);
        clock.forward(2_999);
        assertThat(look()).isEqualTo(next);
        assertThat(looks).isEqualTo(1);

        clock.forward(1);
        first = OptionalLong.empty();
        assertThat(look()).isEqualTo(clock.millis() + BEAT);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aScheduleThatWasJustWrittenFiresInTime() {
        look();
        hint.at(clock.millis() + 500);
        assertThat(look()).isEqualTo(clock.millis() + 500);
        clock.forward(500);
        due = 1;

        look();

        assertThat(fired).isEqualTo(1);
    }

    @Test
    void howeverManyAreDueAtOnceAllFire() {
        due = 1_234;

        look();

        assertThat(fired).isEqualTo(1_234);
    }

    @Test
    void aScheduleThatAnotherTransactionHasLockedIsLookedAtAgainSoon() {
        first = OptionalLong.of(clock.millis());

        assertThat(look()).isEqualTo(clock.millis() + 1_000);
    }

    @Test
    void aLookThatFailedIsRepeatedSoonAndHoldsUpNothing() {
        away = true;

        assertThat(look()).isEqualTo(clock.millis() + 1_000);
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheNextLookOff() {
        look();
        clock.forward(-3_600_000);
        due = 1;

        look();

        assertThat(fired).isEqualTo(1);
    }
}
