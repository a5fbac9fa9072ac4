package dev.errand.api;

import java.time.Duration;
import java.util.List;

/**
 * One of the tasks loaded.
 *
 * @param handler the name of the handler's class
 * @param module the file of the module that has it, "errand-ejb.jar"
 * @param argumentType as Java writes it, "java.util.List&lt;java.lang.String&gt;"
 * @param timeLimit null if there is none
 * @param transactional whether it runs in a transaction, exactly once, or outside one, at least once
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
        Policy retryPolicy) {

    /** {@link RetryPolicy}'s values; {@code on} empty: nothing is retried by itself. */
    public record Policy(
            List<String> on,
            List<String> except,
            int maxRetries,
            Duration countdown,
            double backoff,
            Duration maxCountdown,
            boolean jitter) {}
}
