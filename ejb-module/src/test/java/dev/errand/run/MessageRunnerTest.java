package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.queue.BatchMessage;
import dev.errand.queue.BatchRunners;
import dev.errand.queue.Concurrency;
import dev.errand.queue.InFlight;
import dev.errand.queue.SettableClock;
import dev.errand.queue.TaskMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageRunnerTest {
    private final List<String> ran = new ArrayList<>();
    private final List<String> released = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final MessageRunner runner = new MessageRunner();

    @BeforeEach
    void wire() {
        runner.clock = clock;
        runner.concurrency = new Concurrency(new ConfigReader(key -> Optional.empty()).read());
        runner.concurrency.limit(1);
        runner.taskRunner = new TaskRunner() {
            @Override
            void run(TaskMessage message) {
                ran.add(message.id());
            }
        };
        runner.batchRunner = new BatchRunner() {
            @Override
            void run(BatchMessage message) {
                ran.add("batch");
            }
        };
        runner.inFlight = new InFlight() {
            @Override
            public void release(String id) {
                released.add(id);
            }
        };
        runner.runners = new BatchRunners() {
            @Override
            public void ended(BatchMessage message, boolean worked) {
                released.add("batch");
            }
        };
    }

    private TaskMessage task(long leaseMillis) {
        return new TaskMessage("a", 0, "t.t", 4, clock.millis() + leaseMillis);
    }

    @Test
    void eachMessageGivesItsPlaceFree() {
        runner.receive(task(30_000));
        runner.receive(new BatchMessage(1, 4, clock.millis() + 30_000));
        runner.receive(task(30_000));
        assertThat(ran).containsExactly("a", "batch", "a");
        assertThat(released).isEmpty();
    }

    /** Otherwise a place in flight would stay taken by a message that runs nothing. */
    @Test
    void aMessageThatFindsNoPlaceWithinItsLeaseIsLeftToTheSweep() throws InterruptedException {
        assertThat(runner.concurrency.enter(Duration.ZERO)).isTrue();
        runner.receive(task(1));
        runner.receive(new BatchMessage(1, 4, clock.millis() + 1));
        assertThat(ran).isEmpty();
        assertThat(released).containsExactly("a", "batch");
    }
}
