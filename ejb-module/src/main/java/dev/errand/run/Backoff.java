package dev.errand.run;

import dev.errand.handler.Policy;
import java.time.Duration;

/** The wait before a retry. Pure. */
public final class Backoff {
    private Backoff() {}

    /**
     * Returns {@code min(maxCountdown, countdown × backoff^retries)}; with jitter, a random part of it, as in Celery's
     * full jitter.
     *
     * @param retries 0 before the first retry
     * @param random from 0 (inclusive) to 1 (exclusive)
     */
    public static Duration delay(Policy policy, int retries, double random) {
        double millis = policy.countdown().toMillis() * Math.pow(policy.backoff(), retries);
        long capped = (long) Math.min(millis, policy.maxCountdown().toMillis());
        return Duration.ofMillis(policy.jitter() ? (long) (capped * random) : capped);
    }
}
