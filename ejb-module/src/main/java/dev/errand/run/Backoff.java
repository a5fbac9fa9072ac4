package dev.errand.run;

import dev.errand.handler.Policy;
import java.time.Duration;
import java.util.List;

/** The wait before a retry. Pure. */
public final class Backoff {
    private Backoff() {}

    /**
     * Returns {@code min(maxCountdown, countdown × backoff^retries)}, or the policy's own wait for this retry; with jitter, a
     * random part of it, as in Celery's full jitter.
     *
     * @param retries 0 before the first retry
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public static Duration delay(Policy policy, int retries, double random) {
        long millis = policy.countdowns().isEmpty() ? computed(policy, retries) : listed(policy.countdowns(), retries);
        return Duration.ofMillis(policy.jitter() ? (long) (millis * random) : millis);
    }

    private static long computed(Policy policy, int retries) {
        double millis = policy.countdown().toMillis() * Math.pow(policy.backoff(), retries);
        return (long) Math.min(millis, policy.maxCountdown().toMillis());
    }

    private static long listed(List<Duration> countdowns, int retries) {
        return countdowns.get(Math.min(retries, countdowns.size() - 1)).toMillis();
    }
}
