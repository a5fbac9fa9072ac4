package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.limit.LineWatch;
import dev.errand.queue.BatchMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.Outbox;
import dev.errand.queue.ParkedAlarm;
import dev.errand.queue.Routes;
import dev.errand.queue.SettableClock;
import dev.errand.queue.SweepTrigger;
import dev.errand.queue.SweepTrigger.Request;
import dev.errand.schedule.ScheduleWatch;
import dev.errand.store.database.DatabaseMonitor;
import dev.errand.timer.DueTasks.Found;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
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
    private boolean forced;
    private boolean refused;
    private boolean batching;
    private boolean shared;
    private int looks;

    @BeforeEach
    void wire() {
        sweep.clock = clock;
        sweep.trigger = new SweepTrigger() {
            @Override
            public void force() {
                forced = true;
            }
        };
        sweep.threads = proxy(ManagedThreadFactory.class, (self, method, args) -> new Thread(() -> {}));
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
        sweep.monitor = new DatabaseMonitor() {
            @Override
            public boolean isDown() {
                return false;
            }

            @Override
            public boolean isCauseOf(Throwable error) {
                return false;
            }
        };
        sweep.inFlight = new InFlight() {
            @Override
            public int room() {
                return 32;
            }
        };
        sweep.runners = new BatchRunners() {
            @Override
            public void start(int wanted, int priority) {
                assertThat(wanted).isPositive();
            }

            @Override
            public boolean underWay() {
                return batching;
            }

            @Override
            public void ended(BatchMessage message, boolean worked) {
                throw new UnsupportedOperationException();
            }
        };
        sweep.dueTasks = new DueTasks() {
            @Override
            public Found take(int room) {
                looks++;
                if (failure != null) {
                    throw failure;
                }
                return found;
            }

            @Override
            public int unpark(int limit) {
                return 0;
            }

            @Override
            public int letGo(int limit) {
                return 0;
            }

            @Override
            public int follow(int limit) {
                return 0;
            }

            @Override
            public List<String> parked(int most) {
                return List.of();
            }
        };
        sweep.lines = new LineWatch() {
            @Override
            public void callSoon() {
                // no task has come
            }

            @Override
            public long look(long latest) {
                return latest;
            }
        };
        sweep.schedules = new ScheduleWatch() {
            @Override
            public long look(long latest) {
                return latest;
            }
        };
        sweep.parked = new ParkedAlarm();
        sweep.routes = new Routes() {
            @Override
            public boolean isShared() {
                return shared;
            }
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private long last() {
        return timers.get(timers.size() - 1);
    }

    /** As the sweep's thread does it. */
    private void answer(boolean now, long later) {
        Request request = new Request(forced, now, later);
        forced = false;
        sweep.answer(request);
    }

    private void start() {
        sweep.start();
        assertThat(forced).isTrue();
        answer(false, Long.MAX_VALUE);
    }

    @Test
    void theTimerIsSetForTheNextDueTask() {
        start();
        assertThat(timers).containsExactly(10_000L);

        answer(false, clock.millis() + 300);
        answer(false, clock.millis() + 700);
        assertThat(timers).containsExactly(10_000L, 300L);
        assertThat(looks).isEqualTo(1);

        sweep.onTime();
        answer(false, Long.MAX_VALUE);
        assertThat(looks).isEqualTo(2);
    }

    /** No message tells of the tasks that other applications send to this one. */
    @Test
    void whileAnotherApplicationSharesTheTablesALookFollowsEachSecond() {
        shared = true;
        start();
        assertThat(timers).containsExactly(1_000L);
    }

    /** They look by themselves; but the timer's look comes, because batch runners do not see what may not share a commit. */
    @Test
    void whileBatchRunnersAreAtWorkRequestsWait() {
        start();
        batching = true;
        answer(true, Long.MAX_VALUE);
        assertThat(looks).isEqualTo(1);
        assertThat(last()).isEqualTo(500);

        clock.forward(500);
        sweep.onTime();
        answer(false, Long.MAX_VALUE);
        assertThat(looks).isEqualTo(2);
    }

    @Test
    void aTimerThatCannotBeSetIsFoundByTheWatch() {
        refused = true;
        start();
        answer(true, clock.millis() + 1);
        assertThat(timers).isEmpty();

        clock.forward(60_000);
        sweep.watch();
        assertThat(forced).as("a look without the timer").isTrue();
        refused = false;
        answer(false, Long.MAX_VALUE);
        assertThat(timers).hasSize(1);
    }

    @Test
    void aLookThatFailsIsMadeAgainAfterAWhileAndNotAtOnce() {
        failure = new IllegalStateException("as the test says");
        start();
        assertThat(looks).isEqualTo(1);
        assertThat(last()).isEqualTo(1_000);
    }

    @Test
    void tasksLeftToBatchRunnersAreCheckedAgainLaterAndNotAtOnce() {
        found = new Found(List.of(), 0, 2, 4, true, false, OptionalLong.empty());
        start();
        assertThat(looks).isEqualTo(1);
        assertThat(last()).isEqualTo(1_000);
    }
}
