package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.DrainMessage;
import dev.errand.queue.Drains;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.Outbox;
import dev.errand.queue.SettableClock;
import dev.errand.queue.SweepBell;
import dev.errand.store.Outage;
import dev.errand.timer.DueTasks.Found;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueTaskSweepTest {
    private static final Found NOTHING = new Found(List.of(), 0, 0, 0, false, false, OptionalLong.empty());

    private final SettableClock clock = new SettableClock();

    /** After how many milliseconds each timer is to fire. */
    private final List<Long> timers = new ArrayList<>();

    private final DueTaskSweep sweep = new DueTaskSweep();
    private Found found = NOTHING;
    private RuntimeException failure;
    private boolean refused;
    private boolean ringsAgain;
    private int looks;

    @BeforeEach
    void wire() {
        sweep.clock = clock;
        sweep.bell = new SweepBell();
        sweep.outbox = new Outbox();
        sweep.activity = new NodeActivity();
        sweep.expiry = new ExpiryWatch() {
            @Override
            void hint(long at) {
                // no task of these tests expires
            }

            @Override
            long look(long latest) {
                return latest;
            }
        };
        sweep.timers = proxy(TimerService.class, (self, method, args) -> {
            if (refused) {
                throw new IllegalStateException("as the test says");
            }
            timers.add((Long) args[0]);
            return proxy(Timer.class, (timer, called, values) -> null);
        });
        sweep.outage = new Outage() {
            @Override
            public boolean lasts() {
                return false;
            }

            @Override
            public boolean explains(Throwable error) {
                return false;
            }
        };
        sweep.inFlight = new InFlight() {
            @Override
            public int room() {
                return 32;
            }
        };
        sweep.drains = new Drains() {
            @Override
            public void start(int wanted, int priority) {
                assertThat(wanted).isPositive();
            }

            @Override
            public boolean underWay() {
                return false;
            }

            @Override
            public void ended(DrainMessage drain, boolean worked) {
                throw new UnsupportedOperationException();
            }
        };
        sweep.dueTasks = new DueTasks() {
            @Override
            public Found take(int room) {
                looks++;
                if (ringsAgain) {
                    sweep.bell.ring(Long.MIN_VALUE);
                }
                if (failure != null) {
                    throw failure;
                }
                return found;
            }

            @Override
            public int unpark(int limit) {
                return 0;
            }
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private long last() {
        return timers.get(timers.size() - 1);
    }

    /** It may be a thread of the message-driven bean: as long as it sweeps, it runs no task. */
    @Test
    void aThreadThatSweepsIsNotKeptByThoseThatRingMeanwhile() {
        ringsAgain = true;
        sweep.start();
        assertThat(looks).isBetween(1, 10);
        assertThat(last()).as("the timer's thread goes on at once").isZero();

        ringsAgain = false;
        sweep.onTime();
        assertThat(last()).as("the next beat").isPositive();
    }

    @Test
    void aTimerThatCannotBeSetIsNoMatterOfTheCallerAndTheWatchFindsIt() {
        refused = true;
        sweep.start();
        sweep.bell.ring(clock.millis() + 1);
        sweep.bell.ring(clock.millis());
        int before = looks;

        clock.forward(60_000);
        sweep.watch();
        assertThat(looks).isGreaterThan(before);
        refused = false;
        clock.forward(60_000);
        sweep.watch();
        assertThat(timers).hasSize(1);
    }

    @Test
    void aLookThatFailsIsMadeAgainAfterAWhileAndNotAtOnce() {
        failure = new IllegalStateException("as the test says");
        sweep.start();
        assertThat(looks).isEqualTo(1);
        assertThat(last()).isEqualTo(1_000);
    }

    @Test
    void whatIsLeftToDrainsIsLookedAtAgainAfterAWhileAndNotAtOnce() {
        found = new Found(List.of(), 0, 2, 4, true, false, OptionalLong.empty());
        sweep.start();
        assertThat(looks).isEqualTo(1);
        assertThat(last()).isEqualTo(1_000);
    }
}
