package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.HandlerRegistry;
import dev.errand.handler.Policy;
import dev.errand.limit.LimitsOn;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.HandlerStats;
import dev.errand.queue.SettableClock;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import dev.errand.store.Turn;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BatchRunners on a database whose statements take as long as a test says. */
class BatchRunTest {
    private static final int LIMIT = 16;

    private final SettableClock clock = new SettableClock();
    private final Map<String, Deque<TaskRecord>> due = new LinkedHashMap<>();
    private final List<String> started = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<String> locked = new ArrayList<>();
    private final List<String> alone = new ArrayList<>();
    private final RunningTasks running = new RunningTasks();
    private Duration statement = Duration.ZERO;
    private Duration handler = Duration.ZERO;
    private boolean paused;
    private int asked;

    private final BatchRun run = new BatchRun();

    @BeforeEach
    void wire() {
        run.clock = clock;
        run.config = new ConfigReader(key -> Optional.empty()).read();
        run.running = running;
        run.transaction = new Transaction();
        run.locks = new TaskLocks() {
            @Override
            public List<Turn> due(long now) {
                pass(statement);
                return due.entrySet().stream()
                        .filter(queue -> !queue.getValue().isEmpty())
                        .map(queue -> new Turn("", 4, List.of(queue.getKey()), 1))
                        .toList();
            }

            @Override
            public List<Locked> lockDue(Turn turn, long now, int limit) {
                pass(statement);
                List<TaskRecord> found =
                        due.get(turn.queues().get(0)).stream().limit(limit).toList();
                found.forEach(record -> locked.add(record.id()));
                return found.stream().map(record -> new Locked(record, false)).toList();
            }

            @Override
            public boolean isPaused(String queue) {
                asked++;
                return paused;
            }
        };
        run.transitions = new TaskTransitions() {
            @Override
            public void succeed(List<Success> successes) {
                pass(statement);
                successes.forEach(success -> ended.add(success.ended().id()));
                due.values().forEach(queue -> queue.removeIf(record -> ended.contains(record.id())));
            }
        };
        run.handlers = new HandlerRegistry() {
            @Override
            public Optional<Handler> find(String task) {
                return Optional.of(new Handler(
                        task,
                        "T",
                        "m",
                        "default",
                        4,
                        null,
                        String.class,
                        true,
                        Policy.NONE,
                        () -> (argument, context) -> null));
            }
        };
        run.invoker = new HandlerInvoker() {
            @Override
            Answer answer(RunningTask task) {
                started.add(task.id());
                pass(handler);
                return new Answer(null, null);
            }

            @Override
            void writeLines(RunningTask task) {
                // none
            }

            @Override
            void hide(RunningTask task) {
                // it was not shown
            }
        };
        run.limits = LimitsOn.none();
        run.metrics = new TaskMetrics();
        run.stats = new HandlerStats() {
            @Override
            public boolean shares(TaskRecord record, long now) {
                return !alone.contains(record.queue());
            }

            @Override
            public double share(String task) {
                return 0.01;
            }
        };
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(time.toMillis());
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void isDue(String queue, int tasks) {
        due.put(
                queue,
                new ArrayDeque<>(IntStream.range(0, tasks)
                        .mapToObj(i -> new TaskRecord(
                                queue + "-" + i, "t.t", queue, 4, null, null, null, 0, clock.millis(), null))
                        .toList()));
    }

    /** A batch releases its locks when it ends. */
    private final class Transaction implements UserTransaction {
        private boolean active;

        @Override
        public void begin() {
            active = true;
        }

        @Override
        public void commit() {
            end();
        }

        @Override
        public void rollback() {
            end();
        }

        private void end() {
            active = false;
            locked.clear();
        }

        @Override
        public int getStatus() {
            return active ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void statementsThatTakeLongerThanTheBudgetStopNoWork() throws Exception {
        statement = HandlerStats.BUDGET.plusMillis(5);
        isDue("default", LIMIT + 4);

        while (ended.size() < LIMIT + 4) {
            assertThat(run.run(LIMIT).done()).isPositive();
        }
        assertThat(started).as("none was run in vain").hasSize(LIMIT + 4);
    }

    @Test
    void aHandlerThatTakesMoreThanTheBudgetIsOneATransaction() throws Exception {
        statement = HandlerStats.BUDGET.plusMillis(5);
        handler = HandlerStats.BUDGET.plusMillis(5);
        isDue("default", 3);

        for (int transaction = 1; transaction <= 3; transaction++) {
            assertThat(run.run(LIMIT).done()).isEqualTo(1);
        }
        assertThat(ended).hasSize(3);
        assertThat(started).as("none was run in vain").hasSize(3);
    }

    @Test
    void theBudgetIsOfAllHandlersOfATransaction() throws Exception {
        handler = HandlerStats.BUDGET.dividedBy(2).plusMillis(1);
        isDue("default", LIMIT);

        assertThat(run.run(LIMIT).done()).isBetween(1, 2);
    }

    @Test
    void aQueueThatWasPausedWhileTheLookLastedStartsNothing() throws Exception {
        statement = Duration.ofMillis(600);
        paused = true;
        isDue("default", 3);

        assertThat(run.run(LIMIT).more()).isFalse();
        assertThat(started).isEmpty();
        assertThat(locked).isEmpty();

        paused = false;
        assertThat(run.run(LIMIT).done()).isPositive();
        assertThat(asked).as("once a look, not once a task").isEqualTo(2);
    }

    @Test
    void aLookThatIsAsQuickAsUsualAsksNothingMore() throws Exception {
        isDue("default", LIMIT);

        assertThat(run.run(LIMIT).done()).isPositive();
        assertThat(asked).isZero();
    }

    /** The sweep skips what is locked: it would find none of them as long as batch runners look at them. */
    @Test
    void aTaskThatSharesNoCommitIsNotKeptLockedWhileOthersRun() throws Exception {
        isDue("long", 5);
        alone.add("long");
        isDue("short", 1);
        List<String> lockedThen = new ArrayList<>();
        HandlerInvoker call = run.invoker;
        run.invoker = new HandlerInvoker() {
            @Override
            Answer answer(RunningTask task) {
                lockedThen.addAll(locked);
                return call.answer(task);
            }

            @Override
            void writeLines(RunningTask task) {
                // none
            }

            @Override
            void hide(RunningTask task) {
                // it was not shown
            }
        };

        assertThat(run.run(LIMIT).done()).isEqualTo(1);
        assertThat(lockedThen).containsExactly("short-0");
    }

    /** The server has rolled its transaction back, and the handler does not know yet. */
    @Test
    void aRunThatIsAtWorkHereIsNotStartedTwice() throws Exception {
        isDue("default", 2);
        running.add(new RunningTask(
                due.get("default").peek(), run.handlers.find("t.t").orElseThrow(), clock, run.config.mask()));

        assertThat(run.run(LIMIT).done()).isEqualTo(1);
        assertThat(started).containsExactly("default-1");
    }
}
