package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.queue.InFlight;
import dev.errand.queue.Paces;
import dev.errand.queue.SettableClock;
import dev.errand.store.TaskRecord;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StallWatchTest {
    private final SettableClock clock = new SettableClock();
    private final RunningTasks running = new RunningTasks();
    private final boolean[] alone = {false};
    private final StallWatch watch = new StallWatch();

    @BeforeEach
    void set_up() {
        watch.clock = clock;
        watch.running = running;
        watch.config = new ConfigReader(key -> Optional.empty()).read();
        watch.inFlight = new InFlight();
        watch.paces = new Paces() {
            @Override
            public void runAlone() {
                alone[0] = true;
            }
        };
    }

    private void seconds(long count) {
        for (long i = 0; i < count; i++) {
            watch.eachSecond();
            clock.forward(1_000);
        }
        watch.eachSecond();
    }

    private RunningTask run() {
        ErrandConfig config = watch.config;
        TaskRecord record = new TaskRecord("id", "some.task", "default", 4, null, null, null, 0, 0, null);
        Handler handler =
                new Handler("some.task", "Some", "app.jar", "default", 4, null, String.class, true, Policy.NONE, null);
        return new RunningTask(record, handler, clock, config.mask());
    }

    @Test
    void due_tasks_of_which_none_runs_are_a_stall_and_then_run_alone() {
        watch.looked(true);
        seconds(StallWatch.PATIENCE.toSeconds() - 1);
        assertThat(watch.stalled()).isFalse();

        seconds(1);
        assertThat(watch.stalled()).isTrue();
        assertThat(alone[0]).isTrue();
    }

    @Test
    void messages_that_nothing_takes_are_a_stall_too() {
        watch.inFlight.put("id", Long.MAX_VALUE);

        seconds(StallWatch.PATIENCE.toSeconds());

        assertThat(watch.stalled()).isTrue();
    }

    @Test
    void a_task_that_ends_is_progress() {
        watch.looked(true);
        seconds(StallWatch.PATIENCE.toSeconds());

        RunningTask run = run();
        running.add(run);
        running.remove(run);
        seconds(1);

        assertThat(watch.stalled()).isFalse();
    }

    @Test
    void a_long_task_at_work_is_no_stall() {
        watch.looked(true);
        running.add(run());

        seconds(2 * StallWatch.PATIENCE.toSeconds());

        assertThat(watch.stalled()).isFalse();
    }

    @Test
    void nothing_due_is_no_stall() {
        watch.looked(false);

        seconds(2 * StallWatch.PATIENCE.toSeconds());

        assertThat(watch.stalled()).isFalse();
        assertThat(alone[0]).isFalse();
    }
}
