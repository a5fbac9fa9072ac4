package dev.errand.outcome;

import dev.errand.api.TaskRetry;
import dev.errand.handler.Policy;
import java.time.Instant;
import java.util.OptionalInt;

/** What becomes of a run that did not succeed; a closed set. */
public sealed interface Outcome {

    /** It runs again. {@code argument} counts if {@code argumentChanged}. */
    record Retry(Instant dueAt, Throwable error, boolean argumentChanged, Object argument) implements Outcome {}

    /** It is over. */
    record Failure(Throwable error) implements Outcome {}

    /**
     * Celery's rules, from an exception to an outcome. Pure.
     *
     * @param retries how often the task was retried before this run
     * @param sendersLimit maxRetries as the sender gave it, or null
     * @param random from 0 to 1, for jitter
     */
    static Outcome of(Throwable error, Policy policy, int retries, Integer sendersLimit, Instant now, double random) {
        if (error instanceof TaskRetry retry) {
            return retried(retry, policy, retries, sendersLimit, now, random);
        }
        int limit = limit(OptionalInt.empty(), sendersLimit, policy);
        if (policy.retries(error) && left(retries, limit)) {
            return new Retry(now.plus(Backoff.delay(policy, retries, random)), error, false, null);
        }
        return new Failure(error);
    }

    private static Outcome retried(
            TaskRetry retry, Policy policy, int retries, Integer sendersLimit, Instant now, double random) {
        Throwable error = retry.getCause() == null ? retry : retry.getCause();
        if (!left(retries, limit(retry.maxRetries(), sendersLimit, policy))) {
            return new Failure(error);
        }
        return new Retry(dueAt(retry, policy, retries, now, random), error, retry.argumentChanged(), retry.argument());
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

    private static boolean left(int retries, int limit) {
        return limit == -1 || retries < limit;
    }
}
