package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.NotRetried;
import dev.errand.api.TaskCancel;
import dev.errand.api.TaskRetry;
import dev.errand.api.TaskSnooze;
import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.queue.SettableClock;
import dev.errand.run.Outcome.Cancelled;
import dev.errand.run.Outcome.Failure;
import dev.errand.run.Outcome.Retry;
import dev.errand.run.Outcome.Snoozed;
import dev.errand.store.TaskRecord;
import jakarta.ejb.EJBException;
import jakarta.transaction.SystemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Celery's rules of retry, to the letter. */
class OutcomeRulesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final IOException CAUSE = new IOException("refused");

    /** On IOException but not FileNotFoundException, 5 times, after 10 s, 20 s, 40 s, … a minute at most. */
    private static final Policy POLICY = new Policy(
            List.of(IOException.class),
            List.of(FileNotFoundException.class),
            5,
            Duration.ofSeconds(10),
            2,
            Duration.ofMinutes(1),
            false,
            List.of());

    private static TaskRetry retry() {
        return new TaskRetry("again", CAUSE);
    }

    private static Outcome outcome(Throwable error, Policy policy, int retries, Integer sendersLimit) {
        return OutcomeRules.afterError(error, policy, retries, sendersLimit, NOW, 0.5);
    }

    private static Instant dueAt(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Retry.class);
        return ((Retry) outcome).dueAt();
    }

    @Test
    void anExceptionIsAFailureAtOnce() {
        assertThat(outcome(CAUSE, Policy.NONE, 0, null)).isEqualTo(new Failure(CAUSE));
    }

    @Test
    void anExceptionIsAFailureAtOnceEvenIfTheSenderAllowsRetries() {
        assertThat(outcome(CAUSE, Policy.NONE, 0, 10)).isEqualTo(new Failure(CAUSE));
    }

    @Test
    void aRetryWaitsThreeMinutesUnlessToldOtherwise() {
        TaskRetry retry = retry();
        assertThat(outcome(retry, Policy.NONE, 0, null))
                .isEqualTo(new Retry(NOW.plus(Duration.ofMinutes(3)), CAUSE, retry));
    }

    @Test
    void aCountdownBeatsAnEtaAndAnEtaBeatsTheDefault() {
        Instant eta = NOW.plusSeconds(999);

        assertThat(dueAt(outcome(retry().countdown(Duration.ofSeconds(7)).eta(eta), POLICY, 0, null)))
                .isEqualTo(NOW.plusSeconds(7));
        assertThat(dueAt(outcome(retry().eta(eta).countdown(Duration.ZERO), POLICY, 0, null)))
                .isEqualTo(NOW);
        assertThat(dueAt(outcome(retry().eta(eta), POLICY, 0, null))).isEqualTo(eta);
    }

    @Test
    void aRetryThatSaysNoTimeWaitsAsThePolicySays() {
        assertThat(dueAt(outcome(retry(), POLICY, 2, null))).isEqualTo(NOW.plusSeconds(40));
    }

    @Test
    void aCountdownThatIsAskedForIsNotCappedByThePolicy() {
        assertThat(dueAt(outcome(retry().countdown(Duration.ofDays(2)), POLICY, 0, null)))
                .isEqualTo(NOW.plus(Duration.ofDays(2)));
    }

    @ParameterizedTest(name = "after {0} retries: runs again {1}")
    @CsvSource({"0, true", "1, true", "2, true", "3, false", "4, false"})
    void threeRetriesMeanFourRuns(int retries, boolean again) {
        assertThat(outcome(retry(), Policy.NONE, retries, null) instanceof Retry)
                .isEqualTo(again);
    }

    @Test
    void pastTheLimitTheCauseIsTheError() {
        assertThat(outcome(retry(), Policy.NONE, 3, null)).isEqualTo(new Failure(CAUSE));
    }

    @Test
    void pastTheLimitARetryWithoutACauseIsTheErrorItself() {
        TaskRetry retry = new TaskRetry("again", null);

        assertThat(outcome(retry, Policy.NONE, 3, null)).isEqualTo(new Failure(retry));
        assertThat(((Retry) outcome(retry, Policy.NONE, 0, null)).error()).isSameAs(retry);
    }

    @ParameterizedTest(name = "retry {0}, sender {1}, policy 5, {2} retries so far: runs again {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                // the retry's own limit beats the sender's, which beats the policy's
                "1,  10, 0, true",
                "1,  10, 1, false",
                "10, 1,  9, true",
                "10, 1,  10, false",
                "-,  2,  1, true",
                "-,  2,  2, false",
                "-,  7,  6, true",
                "-,  -,  4, true",
                "-,  -,  5, false",
                "0,  -,  0, false",
                "-,  0,  0, false",
                // -1: no limit
                "-1, 0,  2147483647, true",
                "-,  -1, 2147483647, true",
                "0,  -1, 0, false",
            })
    void theRetrysLimitBeatsTheSendersAndThatTheHandlers(Integer own, Integer sender, int retries, boolean again) {
        TaskRetry retry = own == null ? retry() : retry().maxRetries(own);

        assertThat(outcome(retry, POLICY, retries, sender) instanceof Retry).isEqualTo(again);
    }

    @Test
    void anExceptionOfThePolicyIsRetriedAndSoIsItsSubclass() {
        ConnectException subclass = new ConnectException();

        assertThat(outcome(CAUSE, POLICY, 0, null)).isEqualTo(new Retry(NOW.plusSeconds(10), CAUSE, null));
        assertThat(outcome(subclass, POLICY, 1, null)).isEqualTo(new Retry(NOW.plusSeconds(20), subclass, null));
    }

    @Test
    void anExceptionThatThePolicyExceptsIsAFailure() {
        FileNotFoundException excepted = new FileNotFoundException();

        assertThat(outcome(excepted, POLICY, 0, null)).isEqualTo(new Failure(excepted));
    }

    @Test
    void anExceptionThatThePolicyDoesNotNameIsAFailure() {
        RuntimeException other = new RuntimeException(CAUSE);

        assertThat(outcome(other, POLICY, 0, null)).isEqualTo(new Failure(other));
    }

    @Test
    void aRetryByThePolicyEndsAtTheLimitToo() {
        assertThat(outcome(CAUSE, POLICY, 4, null)).isInstanceOf(Retry.class);
        assertThat(outcome(CAUSE, POLICY, 5, null)).isEqualTo(new Failure(CAUSE));
        assertThat(outcome(CAUSE, POLICY, 1, 1)).isEqualTo(new Failure(CAUSE));
        assertThat(outcome(CAUSE, POLICY, 1_000_000, -1)).isInstanceOf(Retry.class);
    }

    @Test
    void anExplicitRetryNeedsNoPolicyForItsCause() {
        assertThat(outcome(new TaskRetry("again", new FileNotFoundException()), POLICY, 0, null))
                .isInstanceOf(Retry.class);
    }

    @Test
    void aChangedArgumentGoesWithTheRetryEvenIfItIsNull() {
        TaskRetry list = retry().argument(List.of(1));
        assertThat(outcome(list, POLICY, 0, null)).isEqualTo(new Retry(NOW.plusSeconds(10), CAUSE, list));
        TaskRetry none = retry().argument(null);
        assertThat(outcome(none, POLICY, 0, null)).isEqualTo(new Retry(NOW.plusSeconds(10), CAUSE, none));
        assertThat(none.argumentChanged()).isTrue();
    }

    @NotRetried
    private static class ClosedAccountException extends IOException {}

    private static final class LockedAccountException extends ClosedAccountException {}

    @Test
    void anExceptionThatIsNotRetriedIsAFailureAtOnceWhateverThePolicySays() {
        Throwable closed = new ClosedAccountException();
        Throwable locked = new LockedAccountException();
        Throwable caused = new IOException("refused", closed);
        assertThat(outcome(closed, POLICY, 0, 10)).isEqualTo(new Failure(closed));
        assertThat(outcome(locked, POLICY, 0, 10)).isEqualTo(new Failure(locked));
        assertThat(outcome(caused, POLICY, 0, 10)).isEqualTo(new Failure(caused));
    }

    @Test
    void aHandlerMayStillRetryAnExceptionThatNoPolicyRetries() {
        TaskRetry retry = new TaskRetry("again", new ClosedAccountException());
        assertThat(dueAt(outcome(retry, POLICY, 0, null))).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void aSnoozeWaitsWhateverTheLimitOfRetriesIs() {
        assertThat(outcome(new TaskSnooze("later", Duration.ofMinutes(5)), POLICY, 1_000, 0))
                .isEqualTo(new Snoozed(NOW.plus(Duration.ofMinutes(5))));
    }

    @Test
    void aCancelledTaskIsNotRetriedEvenIfThePolicyWould() {
        Policy all = new Policy(
                List.of(Exception.class),
                List.of(),
                3,
                Duration.ofSeconds(1),
                1,
                Duration.ofSeconds(1),
                false,
                List.of());
        TaskCancel cancel = new TaskCancel("the order is closed");
        assertThat(outcome(cancel, all, 0, null)).isEqualTo(new Cancelled(cancel));
    }

    /** The rules before Celery's: whether the same run may start again at no cost. */
    @Nested
    class OfARun {
        private final RestartLimits limits = new RestartLimits(new SettableClock());

        private Outcome decide(RunResult result, boolean outage) {
            return OutcomeRules.decide((RunResult.Unfinished) result, outage, limits, NOW, 0.5);
        }

        private Outcome transactional(RunResult result) {
            return decide(result, false);
        }

        @Test
        void anExpiredTaskAndARevokedOneAreRevokedAfterAnyOutcome() {
            RunningTask run = run(true);
            run.revoke();

            assertThat(decide(RunResult.expired(run, "a"), true)).isEqualTo(new Outcome.Expired());
            assertThat(decide(RunResult.failed(run, "a", CAUSE), true)).isEqualTo(new Outcome.Revoked());
            assertThat(decide(RunResult.undone(run, "a", CAUSE), true)).isEqualTo(new Outcome.Revoked());
        }

        @Test
        void anOutageRestartsATransactionalRunAndNoLeasedOne() {
            assertThat(decide(RunResult.failed(run(true), "a", CAUSE), true)).isEqualTo(new Outcome.Restart(null));
            assertThat(decide(RunResult.failed(run(false), "a", CAUSE), true)).isEqualTo(new Failure(CAUSE));
        }

        @Test
        void aConflictRestartsATransactionalRunInTheHandlerAndInTheCommit() {
            SQLException deadlock = new SQLException("deadlock", "40P01");

            assertThat(transactional(RunResult.failed(run(true), "a", deadlock)))
                    .isEqualTo(new Outcome.Restart(deadlock));
            assertThat(transactional(RunResult.undone(run(true), "a", deadlock)))
                    .isEqualTo(new Outcome.Restart(deadlock));
            assertThat(transactional(RunResult.failed(run(false), "a", deadlock)))
                    .isEqualTo(new Failure(deadlock));
        }

        @Test
        void aLostConnectionRestartsARunOnlyIfItUndidTheRun() {
            SQLException lost = new SQLException("lost", "08006");

            assertThat(transactional(RunResult.undone(run(true), "a", lost))).isEqualTo(new Outcome.Restart(lost));
            // of another database: the handler's own matter
            assertThat(transactional(RunResult.failed(run(true), "a", lost))).isEqualTo(new Failure(lost));
        }

        @Test
        void anUnexplainedCommitRestartsARunWithinItsLimit() {
            SystemException unexplained = new SystemException();
            for (int i = 1; i < RestartLimits.COMMIT_TRIES; i++) {
                assertThat(transactional(RunResult.undone(run(true), "a", unexplained)))
                        .isEqualTo(new Outcome.Restart(unexplained));
            }

            assertThat(transactional(RunResult.undone(run(true), "a", unexplained)))
                    .isEqualTo(new Failure(unexplained));
        }

        @Test
        void aRefusedCallRestartsAnyRunUntilPatienceEnds() {
            SettableClock clock = new SettableClock();
            RestartLimits patience = new RestartLimits(clock);
            EJBException refusal = new EJBException("Attempt to invoke when container is in Initializing");
            RunResult.Unfinished refused = (RunResult.Unfinished) RunResult.failed(run(false), "a", refusal);

            for (long waited = 0; waited < RestartLimits.REFUSAL_PATIENCE.toMillis(); waited += 10_000) {
                assertThat(OutcomeRules.decide(refused, false, patience, NOW, 0.5))
                        .isEqualTo(new Outcome.Restart(refusal));
                clock.forward(10_000);
            }
            assertThat(OutcomeRules.decide(refused, false, patience, NOW, 0.5))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.error())
                                    .hasMessageContaining("module app.jar")
                                    .hasCause(refusal));
        }

        private RunningTask run(boolean transactional) {
            TaskRecord record = new TaskRecord(
                    "id", "some.task", "default", 4, null, null, null, NOW.toEpochMilli(), NOW.toEpochMilli(), null);
            Handler handler = new Handler(
                    "some.task", "Some", "app.jar", "default", 4, null, String.class, transactional, Policy.NONE, null);
            return new RunningTask(record, handler, new SettableClock(), Set.of());
        }
    }
}
