package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExpiryWatchTest {
    private static final long BEAT = 10_000;

    private long now = 1_000_000;
    private final TreeSet<Long> expiries = new TreeSet<>();
    private final List<Long> revoked = new ArrayList<>();
    private int asked;
    private boolean away;
    private boolean locked;
    private final ExpiryWatch watch = new ExpiryWatch();

    {
        watch.clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now);
            }
        };
        watch.expired = new ExpiredTasks() {
            @Override
            public OptionalLong firstAfter(long after) {
                asked++;
                if (away) {
                    throw new IllegalStateException("away");
                }
                Long first = expiries.higher(after);
                return first == null ? OptionalLong.empty() : OptionalLong.of(first);
            }

            @Override
            public int revoke(int limit) {
                int some = 0;
                while (!locked && some < limit && !expiries.isEmpty() && expiries.first() <= now) {
                    revoked.add(expiries.pollFirst());
                    some++;
                }
                return some;
            }
        };
    }

    private long look() {
        return watch.look(now + BEAT);
    }

    @Test
    void theDatabaseIsAskedAtABeatAndAtAnExpiryAndNotBetween() {
        expiries.add(now + 3_000);
        assertThat(look()).isEqualTo(now + 3_000);
        int before = asked;
        now += 2_999;
        assertThat(look()).isEqualTo(now + 1);
        assertThat(asked).isEqualTo(before);

        now += 1;
        assertThat(look()).isEqualTo(now + BEAT);
        assertThat(revoked).hasSize(1);
    }

    @Test
    void aTaskThatWasJustSentIsSeenInTime() {
        look();
        expiries.add(now + 500);
        watch.hint(now + 500);
        now += 500;

        look();

        assertThat(revoked).hasSize(1);
    }

    @Test
    void howeverManyExpireAtOnceAllAreRevoked() {
        for (long i = 0; i < 1_234; i++) {
            expiries.add(now - i);
        }
        look();

        assertThat(revoked).hasSize(1_234);
    }

    @Test
    void aLockedTaskIsCheckedAgainAtTheBeatAndDelaysNoOther() {
        locked = true;
        expiries.add(now - 1);
        expiries.add(now + 700);

        assertThat(look()).isEqualTo(now + 700);
        now += 700;
        assertThat(look()).isEqualTo(now + BEAT);
    }

    @Test
    void aLookThatFailedIsRepeatedAtOnce() {
        expiries.add(now);
        away = true;
        assertThatThrownBy(this::look).hasMessage("away");
        away = false;

        look();

        assertThat(revoked).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotPutTheNextLookOff() {
        look();
        now -= 3_600_000;
        expiries.add(now - 1);

        look();

        assertThat(revoked).hasSize(1);
    }
}
