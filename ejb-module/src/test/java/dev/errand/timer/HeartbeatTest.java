package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.limit.LimitsOn;
import dev.errand.queue.Concurrency;
import dev.errand.queue.InFlight;
import dev.errand.queue.NodeActivity;
import dev.errand.queue.SettableClock;
import dev.errand.run.RunningTask;
import dev.errand.run.RunningTasks;
import dev.errand.run.StuckRuns;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.ejb.TimerService;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final SettableClock clock = new SettableClock();
    private final Heartbeat heartbeat = new Heartbeat();
    private int chunks = Integer.MAX_VALUE;
    private int changed;
    private int looksForRuns;
    private long statementMillis;
    private boolean refused;

    @BeforeEach
    void wire() {
        heartbeat.clock = clock;
        heartbeat.config = new ConfigReader(key -> Optional.empty()).read();
        heartbeat.limits = LimitsOn.none();
        heartbeat.activity = new NodeActivity();
        heartbeat.timers = (TimerService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TimerService.class}, (self, method, args) -> {
                    if (refused) {
                        throw new IllegalStateException("as the test says");
                    }
                    return null;
                });
        heartbeat.monitor = new DatabaseMonitor() {
            @Override
            public void watch() {
                // there is none
            }

            @Override
            public boolean isDown() {
                return false;
            }
        };
        heartbeat.stuck = new StuckRuns();
        heartbeat.inFlight = new InFlight() {
            @Override
            public void eachSecond(int concurrency) {
                // nothing is
            }
        };
        heartbeat.concurrency = new Concurrency(heartbeat.config);
        heartbeat.sweep = new DueTaskSweep() {
            @Override
            public void watch() {
                // it continues
            }
        };
        heartbeat.membership = new Membership() {
            @Override
            public void beat() {
                // the node is alone
            }
        };
        heartbeat.running = new RunningTasks() {
            @Override
            public Collection<RunningTask> all() {
                looksForRuns++;
                return List.of();
            }
        };
        heartbeat.dueTasks = new DueTasks() {
            @Override
            public int clockSetBack(long before) {
                try {
                    Thread.sleep(statementMillis);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                changed++;
                return chunks-- > 0 ? 500 : 0;
            }
        };
    }

    /** With a million records that wait it takes minutes; long runs on this node must not lose their leases meanwhile. */
    @Test
    void aClockThatIsSetBackWithManyRecordsKeepsNoBeatFromItsEnd() throws Exception {
        statementMillis = 20;
        heartbeat.start();
        awaitBeat(1);
        clock.forward(-3_600_000);
        awaitBeat(2);
        int first = changed;
        assertThat(first).isPositive();

        awaitBeat(3);
        assertThat(changed).as("the next beat continues").isGreaterThan(first);
        chunks = 0;
        awaitBeat(4);
        int all = changed;
        awaitBeat(5);
        assertThat(changed).as("until it is done").isEqualTo(all);
    }

    @Test
    void aHeartbeatWhoseTimerCannotBeSetBeatsAgain() throws Exception {
        refused = true;
        chunks = 0;
        heartbeat.start();
        for (int beat = 1; beat <= 3; beat++) {
            awaitBeat(beat);
        }
    }

    private void awaitBeat(int number) throws InterruptedException {
        while (looksForRuns < number) {
            heartbeat.watch();
            if (!refused) {
                heartbeat.onTime();
            }
            Thread.sleep(10);
        }
    }
}
