package dev.errand.api;

import java.time.Duration;
import java.util.List;

/**
 * A task that is loaded: its handler and the settings of the handler.
 *
 * @param handler the name of the handler's class
 * @param module the file of the module that contains the class, "errand-ejb.jar"
 * @param argumentType the type as Java writes it, "java.util.List&lt;java.lang.String&gt;"
 * @param timeLimit null if there is none
 * @param hold whether its tasks wait, because the name is paused or its fuse has blown
 * @param transactional true if it runs in a transaction (exactly once), false if it runs outside one (at least once)
 */
public record HandlerInfo(
        String task,
        String handler,
        String module,
        String queue,
        int priority,
        Duration timeLimit,
        String argumentType,
        boolean transactional,
        Policy retryPolicy,
        HandlerHold hold) {

    /** Returns a copy with another hold. */
    public HandlerInfo hold(HandlerHold other) {
        return new HandlerInfo(
                task, handler, module, queue, priority, timeLimit, argumentType, transactional, retryPolicy, other);
    }

    /**
     * The values of {@link RetryPolicy}. If {@code on} is empty, no exception is retried automatically.
     *
     * @param countdown the wait before the first retry
     * @param maxCountdown the longest wait
     * @param countdowns the waits one by one; empty if the policy computes them
     */
    public record Policy(
            List<String> on,
            List<String> except,
            int maxRetries,
            Duration countdown,
            double backoff,
            Duration maxCountdown,
            boolean jitter,
            List<Duration> countdowns) {}
}
