package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.queue.Concurrency;
import dev.errand.queue.QueuePlaces;
import dev.errand.queue.SettableClock;
import dev.errand.store.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StuckRunsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();
    private final StuckRuns stuck = new StuckRuns();

    @BeforeEach
    void wire() throws InterruptedException {
        stuck.concurrency = new Concurrency(new ConfigReader(key -> Optional.empty()).read());
        stuck.concurrency.limit(1);
        stuck.places = new QueuePlaces();
        assertThat(stuck.concurrency.enter(Duration.ZERO)).isTrue();
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    private RunningTask run() {
        return new RunningTask(
                new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, 0, null),
                new Handler("t.t", "T", "m", "default", 4, LIMIT, String.class, true, Policy.NONE, () -> null),
                clock,
                Set.of());
    }

    private boolean hasPlace() throws InterruptedException {
        return stuck.concurrency.enter(Duration.ZERO);
    }

    @Test
    void aRunThatDoesNotEndAfterItsLimitTakesNoPlace() throws InterruptedException {
        RunningTask run = run();
        clock.forward(LIMIT.toMillis());
        run.timeOut();
        Thread.interrupted();
        stuck.watch(List.of(run), clock.millis());
        assertThat(stuck.ids()).as("it may still end").isEmpty();
        assertThat(hasPlace()).isFalse();

        clock.forward(StuckRuns.GRACE.toMillis() + 1);
        stuck.watch(List.of(run), clock.millis());
        stuck.watch(List.of(run), clock.millis());
        assertThat(stuck.ids()).containsExactly("a");
        assertThat(hasPlace()).as("one more task runs").isTrue();
        assertThat(hasPlace()).as("and no more than one").isFalse();

        // it ends after all, and so does the other one
        stuck.concurrency.leave();
        stuck.concurrency.leave();
        stuck.watch(List.of(), clock.millis());
        assertThat(stuck.ids()).isEmpty();
        assertThat(hasPlace()).isTrue();
        assertThat(hasPlace()).isFalse();
    }

    @Test
    void aRunWithoutATimeOutIsNotStuck() {
        RunningTask run = run();
        clock.forward(Duration.ofDays(1).toMillis());
        stuck.watch(List.of(run), clock.millis());
        assertThat(stuck.ids()).isEmpty();
    }
}
