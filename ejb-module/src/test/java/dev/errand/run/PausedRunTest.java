package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.queue.SettableClock;
import dev.errand.queue.TaskMessage;
import dev.errand.run.HandlerInvoker.Answer;
import dev.errand.store.TaskLocks;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskTransitions;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Runs whose queue is paused while the database answers their claim. */
class PausedRunTest {
    private static final TaskMessage MESSAGE = new TaskMessage("a", 1, "t.t", 4, Long.MAX_VALUE);
    private static final Handler HANDLER =
            new Handler("t.t", "T", "m", "default", 4, null, String.class, true, Policy.NONE, () -> null);

    private final TaskRecord record = new TaskRecord("a", "t.t", "default", 4, null, null, null, 0, 0, null);
    private final List<String> said = new ArrayList<>();
    private int status = Status.STATUS_NO_TRANSACTION;
    private boolean paused = true;
    private long claimMillis = 1_100;

    private final TaskLocks locks = new TaskLocks() {
        @Override
        public Optional<TaskRecord> claim(String id, int run) {
            pass();
            return Optional.of(record);
        }

        @Override
        public boolean isPaused(String queue) {
            return paused;
        }
    };

    private final TaskTransitions transitions = new TaskTransitions() {
        @Override
        public void succeed(List<Success> successes) {
            said.add("success");
        }
    };

    private final HandlerInvoker invoker = new HandlerInvoker() {
        @Override
        public Answer call(RunningTask run) {
            said.add("called");
            return new Answer(null, null);
        }

        @Override
        void hide(RunningTask run) {
            // it was not shown
        }
    };

    private void pass() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(claimMillis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void runTransactional() throws Exception {
        TransactionalRun run = new TransactionalRun();
        run.clock = new SettableClock();
        run.config = new ConfigReader(key -> Optional.empty()).read();
        run.locks = locks;
        run.transitions = transitions;
        run.invoker = invoker;
        run.suspects = new CrashSuspects();
        run.transaction = (UserTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UserTransaction.class}, (self, method, args) -> {
                    switch (method.getName()) {
                        case "getStatus" -> {
                            return status;
                        }
                        case "begin" -> status = Status.STATUS_ACTIVE;
                        case "rollback", "commit" -> {
                            said.add(method.getName());
                            status = Status.STATUS_NO_TRANSACTION;
                        }
                        default -> assertThat(method.getName()).isEqualTo("setTransactionTimeout");
                    }
                    return null;
                });
        said.add(run.run(MESSAGE, HANDLER).getClass().getSimpleName());
    }

    private void runLeased() throws Exception {
        LeasedRun run = new LeasedRun();
        run.clock = new SettableClock();
        run.config = new ConfigReader(key -> Optional.empty()).read();
        run.locks = locks;
        run.invoker = invoker;
        run.claims = new RunClaims() {
            @Override
            public Optional<TaskRecord> start(TaskMessage message) {
                return locks.claim(message.id(), message.run());
            }
        };
        said.add(run.run(MESSAGE, HANDLER).getClass().getSimpleName());
    }

    @Test
    void aTransactionalRunIsGivenUp() throws Exception {
        runTransactional();
        assertThat(said).containsExactly("rollback", "NotClaimed");
    }

    @Test
    void aLeasedRunIsReleased() throws Exception {
        runLeased();
        assertThat(said).containsExactly("Paused");
    }

    @Test
    void withoutAPauseASlowClaimIsAClaim() throws Exception {
        paused = false;
        runTransactional();
        assertThat(said).containsExactly("called", "success", "commit", "Succeeded");
    }

    @Test
    void theAnswerOfAClaimThatIsAsQuickAsUsualIsGoodForAStart() throws Exception {
        claimMillis = 0;
        runTransactional();
        assertThat(said).containsExactly("called", "success", "commit", "Succeeded");
    }
}
