package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.queue.InFlight;
import dev.errand.queue.SettableClock;
import dev.errand.queue.TaskMessage;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.DatabaseMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskRunnerTest {
    /** The database goes away again and again, each time that this run is looked at: a session must not be busy with it for good. */
    @Test
    void afterItsLeaseAMessageIsLeftToTheSweep() throws Exception {
        SettableClock clock = new SettableClock();
        TaskRunner runner = new TaskRunner();
        List<String> ended = new ArrayList<>();
        runner.clock = clock;
        runner.running = new RunningTasks();
        runner.handlers = new HandlerRegistry() {
            @Override
            public Optional<Handler> find(String task) {
                clock.forward(1_000);
                throw new IllegalStateException("as the test says");
            }
        };
        runner.inFlight = new InFlight() {
            @Override
            public void done(String id) {
                ended.add(id);
            }
        };
        runner.monitor = new DatabaseMonitor() {
            @Override
            public boolean isDown() {
                return false;
            }

            @Override
            public int outages() {
                return 0;
            }

            @Override
            public boolean isCauseOf(Throwable error) {
                return true;
            }
        };
        TaskRecord record = new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, 0, null);

        runner.run(TaskMessage.of(record, clock.millis() + 30_000));

        assertThat(ended).containsExactly("a");
    }
}
