package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.flow.WorkflowWatch;
import dev.errand.queue.TaskPublisher;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final List<String> watched = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog();
    private Runnable watch;
    private boolean cancelled;

    @BeforeEach
    void wire() {
        watchdog.scheduler = proxy(ManagedScheduledExecutorService.class, (name, args) -> {
            assertThat(name).isEqualTo("scheduleWithFixedDelay");
            watch = (Runnable) args[0];
            return proxy(ScheduledFuture.class, (called, values) -> cancelled = called.equals("cancel"));
        });
        watchdog.publisher = new TaskPublisher() {
            @Override
            public void watch() {
                watched.add("publisher");
                throw new IllegalStateException("as the test says");
            }
        };
        watchdog.heartbeat = new Heartbeat() {
            @Override
            public void watch() {
                watched.add("heartbeat");
                throw new IllegalStateException("as the test says");
            }
        };
        watchdog.sweep = new DueTaskSweep() {
            @Override
            public void watch() {
                watched.add("sweep");
                throw new IllegalStateException("as the test says");
            }
        };
        watchdog.pruner = new Pruner() {
            @Override
            public void watch() {
                watched.add("pruner");
                throw new IllegalStateException("as the test says");
            }
        };
        watchdog.workflows = new WorkflowWatch() {
            @Override
            public void watch() {
                watched.add("workflows");
                throw new IllegalStateException("as the test says");
            }
        };
    }

    private interface Calls {
        Object call(String method, Object[] args);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> calls.call(method.getName(), args)));
    }

    /** A scheduler repeats nothing that has thrown. */
    @Test
    void aTimerThatCannotBeWatchedDoesNotPreventTheOthers() {
        watchdog.start();
        watch.run();
        watch.run();
        assertThat(watched)
                .containsExactly(
                        "publisher",
                        "heartbeat",
                        "sweep",
                        "pruner",
                        "workflows",
                        "publisher",
                        "heartbeat",
                        "sweep",
                        "pruner",
                        "workflows");
    }

    @Test
    void itEndsWithTheApplication() {
        watchdog.start();
        watchdog.stop();
        assertThat(cancelled).isTrue();
    }
}
