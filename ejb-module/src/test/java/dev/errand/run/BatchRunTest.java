package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.handler.Policy;
import dev.errand.queue.Paces;
import dev.errand.queue.SettableClock;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskStatements;
import dev.errand.store.Turn;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchRunTest {
    /** Each statement takes longer than all handlers of a batch may. */
    private static final Duration SLOW = Paces.BUDGET.plusMillis(10);

    private final BatchRun batch = new BatchRun();
    private final List<TaskStatements.Locked> due = new ArrayList<>();
    private final List<TaskStatements.Success> done = new ArrayList<>();
    private Duration handlerTakes = Duration.ZERO;

    @BeforeEach
    void set_up() {
        batch.clock = new SettableClock();
        batch.config = new ConfigReader(key -> Optional.empty()).read();
        batch.transaction = new Transaction();
        batch.statements = new TaskStatements() {
            @Override
            public List<Turn> due(long now) {
                take(SLOW);
                return due.isEmpty() ? List.of() : List.of(new Turn(4, List.of("default"), 1));
            }

            @Override
            public List<Locked> lockDue(Turn turn, long now, int limit) {
                take(SLOW);
                return due;
            }

            @Override
            public void succeed(List<Success> successes) {
                take(SLOW);
                done.addAll(successes);
            }
        };
        batch.handlers = new HandlerRegistry() {
            @Override
            public Optional<Handler> find(String task) {
                return Optional.of(new Handler(
                        task, "Some", "app.jar", "default", 4, null, String.class, true, Policy.NONE, null));
            }
        };
        batch.invoker = new HandlerInvoker() {
            @Override
            Answer answer(RunningTask run) {
                take(handlerTakes);
                return new Answer(null, null);
            }

            @Override
            void writeLines(RunningTask run) {}

            @Override
            void hide(RunningTask run) {}
        };
        batch.paces = new Paces() {
            @Override
            public boolean shares(TaskRecord record, long now) {
                return true;
            }

            @Override
            public double share(String task) {
                return 0.01;
            }
        };
    }

    private static void take(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private void due(int tasks, boolean paused) {
        for (int i = 0; i < tasks; i++) {
            due.add(new TaskStatements.Locked(
                    new TaskRecord("t" + i, "some.task", "default", 4, null, null, null, 0, 0, null), false, paused));
        }
    }

    @Test
    void a_slow_database_does_not_use_up_the_handlers_time() throws Exception {
        due(16, false);

        assertThat(batch.run(16).done()).isEqualTo(16);
        assertThat(done).hasSize(16);
    }

    @Test
    void handlers_that_take_longer_than_expected_end_the_batch_after_at_least_one() throws Exception {
        due(16, false);
        handlerTakes = Paces.BUDGET.plusMillis(1);

        assertThat(batch.run(16).done()).isEqualTo(1);
    }

    @Test
    void a_queue_that_was_paused_after_the_look_starts_nothing() throws Exception {
        due(16, true);

        assertThat(batch.run(16).more()).isFalse();
        assertThat(done).isEmpty();
    }

    private static final class Transaction implements UserTransaction {
        private int status = Status.STATUS_NO_TRANSACTION;

        @Override
        public void begin() {
            status = Status.STATUS_ACTIVE;
        }

        @Override
        public void commit() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void rollback() {
            status = Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setRollbackOnly() {
            status = Status.STATUS_MARKED_ROLLBACK;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }
}
