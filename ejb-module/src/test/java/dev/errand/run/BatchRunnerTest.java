package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.queue.BatchMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.TaskMessage;
import dev.errand.run.BatchRun.Step;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchRunnerTest {
    private static final BatchMessage MESSAGE = new BatchMessage(1, 4, Long.MAX_VALUE);

    private final TaskRecord task = new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, 0, null);
    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final List<TaskMessage> alone = new ArrayList<>();
    private boolean leased = true;
    private final BatchRunner runner = new BatchRunner();

    @BeforeEach
    void wire() {
        runner.clock = Clock.systemUTC();
        runner.config = new ConfigReader(key -> Optional.empty()).read();
        runner.batchRun = new BatchRun() {
            @Override
            public Step run(int limit) throws Exception {
                if (steps.isEmpty()) {
                    throw new Exception("as the test says");
                }
                return steps.remove();
            }
        };
        runner.claims = new RunClaims() {
            @Override
            public Optional<TaskMessage> lease(TaskRecord record) {
                return leased ? Optional.of(TaskMessage.of(record, 1)) : Optional.empty();
            }
        };
        runner.taskRunner = new TaskRunner() {
            @Override
            void run(TaskMessage message) {
                alone.add(message);
            }
        };
        runner.runners = new BatchRunners() {
            @Override
            public void atWork(BatchMessage message) {
                // not counted
            }

            @Override
            public void ended(BatchMessage message, boolean worked) {
                said.add(worked ? "worked" : "idle");
            }

            @Override
            public void failed(BatchMessage message) {
                said.add("failed");
            }
        };
        runner.monitor = new DatabaseMonitor() {
            @Override
            public boolean isCauseOf(Throwable error) {
                return false;
            }
        };
    }

    /** A busy bean has held it, and an administrator may have stopped the deliveries meanwhile. */
    @Test
    void oneThatComesAfterItsLeaseRunsNothing() {
        steps.add(new Step(3, 0, List.of()));

        runner.run(new BatchMessage(1, 4, System.currentTimeMillis() - 1));

        assertThat(steps).hasSize(1);
        assertThat(said).containsExactly("idle");
    }

    private String run(Step... next) {
        steps.addAll(List.of(next));
        runner.run(MESSAGE);
        return said.get(said.size() - 1);
    }

    @Test
    void itTellsWhetherItHasRunAnything() {
        Step nothing = new Step(0, 0, List.of());
        assertThat(run(nothing)).isEqualTo("idle");
        assertThat(run(new Step(3, 0, List.of()), nothing)).isEqualTo("worked");
        assertThat(run(new Step(0, 0, List.of(task)), nothing)).isEqualTo("worked");
        assertThat(alone).hasSize(1);

        leased = false;
        assertThat(run(new Step(0, 0, List.of(task)), nothing)).isEqualTo("idle");
        assertThat(run(new Step(3, 0, List.of())))
                .as("then the database breaks it off")
                .isEqualTo("failed");
    }
}
