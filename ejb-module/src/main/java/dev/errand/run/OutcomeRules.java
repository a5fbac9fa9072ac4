package dev.errand.run;

import dev.errand.api.NotRetried;
import dev.errand.api.TaskCancel;
import dev.errand.api.TaskRetry;
import dev.errand.api.TaskSnooze;
import dev.errand.handler.Policy;
import dev.errand.run.Outcome.Cancelled;
import dev.errand.run.Outcome.Expired;
import dev.errand.run.Outcome.Failure;
import dev.errand.run.Outcome.Restart;
import dev.errand.run.Outcome.Retry;
import dev.errand.run.Outcome.Revoked;
import dev.errand.run.Outcome.Snoozed;
import dev.errand.store.TaskRecord;
import dev.errand.store.database.Causes;
import dev.errand.store.database.SqlErrors;
import jakarta.transaction.SystemException;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The rules that decide the outcome of a run: first whether the same run may restart at no cost, then Celery's rules.
 * Pure.
 */
final class OutcomeRules {
    private OutcomeRules() {}

    /**
     * Decides the outcome of a run that did not succeed.
     *
     * @param outage whether the database was away during the run, so that the work of a transactional handler is lost
     * @param random from 0 to 1, for jitter
     */
    static Outcome decide(
            RunResult.Unfinished result, boolean outage, RestartLimits limits, Instant now, double random) {
        if (result instanceof RunResult.Expired) {
            return new Expired();
        }
        if (result instanceof RunResult.Paused) {
            return new Restart(null);
        }
        if (result instanceof RunResult.Revoked) {
            return new Revoked();
        }
        RunningTask run = result.run();
        if (outage && run.handler().transactional()) {
            return new Restart(null);
        }
        Throwable error =
                result instanceof RunResult.Undone undone ? undone.error() : ((RunResult.Failed) result).error();
        if (mayStartAgain(run, error, result instanceof RunResult.Undone, limits)) {
            return new Restart(error);
        }
        TaskRecord record = run.record();
        return afterError(
                Refusals.isRefusal(error) ? notStarted(run, error) : error,
                run.handler().policy(),
                record.retries(),
                record.maxRetries(),
                now,
                random);
    }

    private static boolean mayStartAgain(RunningTask run, Throwable error, boolean undone, RestartLimits limits) {
        if (run.handler().transactional()) {
            // all was rolled back, and neither the task nor its handler is the cause
            if (undone ? SqlErrors.databaseTrouble(error) : SqlErrors.conflict(error)) {
                return true;
            }
            if (undone && error instanceof SystemException && limits.allowUnexplainedCommit(run.id(), run.run())) {
                return true;
            }
        }
        return Refusals.isRefusal(error) && limits.allowRefusal(run.task());
    }

    private static IllegalStateException notStarted(RunningTask run, Throwable refusal) {
        return new IllegalStateException(
                "The server has refused all calls of the handler of " + run.task() + "[" + run.id() + "] for "
                        + RestartLimits.REFUSAL_PATIENCE + ". Its log says why module "
                        + run.handler().module() + " is not up; fix that, then retry the task.",
                refusal);
    }

    /**
     * Applies Celery's rules, which turn an exception into RETRY or FAILURE.
     *
     * @param retries the number of retries before this run
     * @param sendersLimit maxRetries as the sender gave it, or null
     * @param random from 0 to 1, for jitter
     */
    static Outcome afterError(
            Throwable error, Policy policy, int retries, Integer sendersLimit, Instant now, double random) {
        if (error instanceof TaskRetry retry) {
            return afterRetry(retry, policy, retries, sendersLimit, now, random);
        }
        if (error instanceof TaskSnooze snooze) {
            return new Snoozed(now.plus(snooze.duration()));
        }
        if (error instanceof TaskCancel cancel) {
            return new Cancelled(cancel);
        }
        int limit = limit(OptionalInt.empty(), sendersLimit, policy);
        if (policy.retries(error) && !isNotRetried(error) && isLeft(retries, limit)) {
            return new Retry(now.plus(Backoff.delay(policy, retries, random)), error, null);
        }
        return new Failure(error);
    }

    private static boolean isNotRetried(Throwable error) {
        return Causes.any(error, cause -> cause.getClass().isAnnotationPresent(NotRetried.class));
    }

    private static Outcome afterRetry(
            TaskRetry retry, Policy policy, int retries, Integer sendersLimit, Instant now, double random) {
        Throwable error = retry.getCause() == null ? retry : retry.getCause();
        if (!isLeft(retries, limit(retry.maxRetries(), sendersLimit, policy))) {
            return new Failure(error);
        }
        return new Retry(dueAt(retry, policy, retries, now, random), error, retry);
    }

    private static Instant dueAt(TaskRetry retry, Policy policy, int retries, Instant now, double random) {
        if (retry.countdown() != null) {
            return now.plus(retry.countdown());
        }
        if (retry.eta() != null) {
            return retry.eta();
        }
        return now.plus(Backoff.delay(policy, retries, random));
    }

    private static int limit(OptionalInt asked, Integer sendersLimit, Policy policy) {
        return asked.orElseGet(() -> sendersLimit == null ? policy.maxRetries() : sendersLimit);
    }

    private static boolean isLeft(int retries, int limit) {
        return limit == -1 || retries < limit;
    }
}
