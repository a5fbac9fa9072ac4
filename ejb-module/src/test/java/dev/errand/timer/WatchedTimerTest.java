package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchedTimerTest {
    private static final long EVERY = 1_000;

    /** The timers that are set, by the rest of their names. */
    private final List<Object> set = new ArrayList<>();

    private boolean refused;
    private long millis;
    private int done;
    private int failures;
    private Runnable meanwhile = () -> {};

    private final TimerService service = proxy(TimerService.class, (self, method, args) -> {
        if (refused) {
            throw new IllegalStateException("as the test says");
        }
        Object timer = proxy(Timer.class, (timerSelf, called, values) -> switch (called.getName()) {
            case "cancel" -> {
                set.removeIf(each -> each == timerSelf);
                yield null;
            }
            default -> throw new UnsupportedOperationException(called.getName());
        });
        set.add(timer);
        return timer;
    });

    private final WatchedTimer timer =
            new WatchedTimer("test", () -> service, () -> TimeUnit.MILLISECONDS.toNanos(millis), () -> {
                done++;
                meanwhile.run();
                if (failures-- > 0) {
                    throw new IllegalStateException("as the test says");
                }
                return EVERY;
            });

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private void fires() {
        millis += EVERY;
        set.remove(0);
        timer.fired();
    }

    @Test
    void eachTimeTheNextIsSet() {
        timer.start(EVERY);
        for (int i = 1; i <= 3; i++) {
            fires();
            timer.watch();
            assertThat(done).isEqualTo(i);
            assertThat(set).hasSize(1);
        }
    }

    @Test
    void aTimerThatCannotBeSetEndsNothing() {
        timer.start(EVERY);
        refused = true;
        fires();
        assertThat(done).isEqualTo(1);
        for (int i = 2; i <= 4; i++) {
            timer.watch();
            assertThat(done).as("it is not due yet").isEqualTo(i - 1);
            millis += EVERY;
            timer.watch();
            assertThat(done).isEqualTo(i);
        }

        refused = false;
        millis += EVERY;
        timer.watch();
        assertThat(set).as("from now on there is one again").hasSize(1);
        fires();
        assertThat(done).isEqualTo(6);
    }

    @Test
    void aTimerThatIsLostIsReplaced() {
        timer.start(EVERY);
        set.clear();
        millis += EVERY + WatchedTimer.LATE_MILLIS - 1;
        timer.watch();
        assertThat(done).isZero();
        millis += 1;
        timer.watch();
        assertThat(done).isEqualTo(1);
        assertThat(set).hasSize(1);
    }

    /** Else there would be two from then on, each of which sets its next one. */
    @Test
    void aTimerThatFiresAfterItWasReplacedDoesNotDoubleTheWork() {
        timer.start(EVERY);
        Object late = set.remove(0);
        millis += EVERY + WatchedTimer.LATE_MILLIS;
        timer.watch();
        assertThat(set).noneMatch(each -> each == late);

        timer.fired();
        assertThat(done).isEqualTo(1);
        assertThat(set).hasSize(1);
        fires();
        assertThat(done).isEqualTo(2);
        assertThat(set).hasSize(1);
    }

    @Test
    void workThatLastsIsNotMetByOther() {
        timer.start(EVERY);
        meanwhile = () -> {
            millis += 10 * WatchedTimer.LATE_MILLIS;
            timer.watch();
            timer.fired();
        };
        fires();
        assertThat(done).isEqualTo(1);
        assertThat(set).hasSize(1);
    }

    @Test
    void workThatFailsIsDoneAgain() {
        timer.start(EVERY);
        failures = 1;
        millis += EVERY;
        set.remove(0);
        assertThatThrownBy(timer::fired).hasMessage("as the test says");
        assertThat(set).hasSize(1);
    }

    @Test
    void afterTheStopNothingIsDone() {
        timer.start(EVERY);
        timer.stop();
        millis += 10 * WatchedTimer.LATE_MILLIS;
        timer.watch();
        timer.fired();
        assertThat(done).isZero();
    }
}
