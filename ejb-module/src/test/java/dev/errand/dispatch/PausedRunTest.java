package dev.errand.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.dispatch.HandlerCall.Answer;
import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.outcome.OutcomeRecorder;
import dev.errand.queue.SettableClock;
import dev.errand.queue.TaskMessage;
import dev.errand.store.Ended;
import dev.errand.store.TaskRecord;
import dev.errand.store.TaskStatements;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final TaskStatements statements = new TaskStatements() {
        @Override
        public Optional<TaskRecord> claim(String id, int run) {
            pass();
            return Optional.of(record);
        }

        @Override
        public boolean isPaused(String queue) {
            return paused;
        }

        @Override
        public void succeed(List<Success> successes) {
            said.add("success");
        }
    };

    private final HandlerCall handlerCall = new HandlerCall() {
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
        try {
            Thread.sleep(claimMillis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void runTransactional() throws Exception {
        TransactionalRun run = new TransactionalRun();
        run.clock = new SettableClock();
        run.config = new ConfigReader(key -> Optional.empty()).read();
        run.statements = statements;
        run.handlerCall = handlerCall;
        run.suspects = new Suspects();
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
        assertThat(run.run(MESSAGE, HANDLER, () -> said.add("not claimed"))).isEmpty();
    }

    private void runLong() throws Exception {
        LongRun run = new LongRun();
        run.clock = new SettableClock();
        run.config = new ConfigReader(key -> Optional.empty()).read();
        run.statements = statements;
        run.handlerCall = handlerCall;
        run.claim = new LongRunClaim() {
            @Override
            public Optional<TaskRecord> claim(String id, int number) {
                return statements.claim(id, number);
            }
        };
        run.outcomes = new OutcomeRecorder() {
            @Override
            public void runAgain(Ended ended) {
                said.add("released");
            }
        };
        assertThat(run.run(MESSAGE, HANDLER, () -> said.add("not claimed"))).isEmpty();
    }

    @Test
    void aTransactionalRunIsGivenUp() throws Exception {
        runTransactional();
        assertThat(said).containsExactly("rollback", "not claimed");
    }

    @Test
    void aLongRunIsReleased() throws Exception {
        runLong();
        assertThat(said).containsExactly("released");
    }

    @Test
    void withoutAPauseASlowClaimIsAClaim() throws Exception {
        paused = false;
        runTransactional();
        assertThat(said).containsExactly("called", "success", "commit");
    }

    @Test
    void theAnswerOfAClaimThatIsAsQuickAsUsualIsGoodForAStart() throws Exception {
        claimMillis = 0;
        runTransactional();
        assertThat(said).containsExactly("called", "success", "commit");
    }
}
