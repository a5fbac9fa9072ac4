package dev.errand.run;

import java.time.Instant;
import java.util.Locale;

/**
 * The outcome of a run that did not succeed. A closed set; {@link OutcomeRules} decides, {@link OutcomeRecorder}
 * records.
 */
public sealed interface Outcome {

    /** RETRY: the task runs again at {@code dueAt}. {@code argument} counts if {@code argumentChanged}. */
    record Retry(Instant dueAt, Throwable error, boolean argumentChanged, Object argument) implements Outcome {}

    /** FAILURE with this error. */
    record Failure(Throwable error) implements Outcome {}

    /** REVOKED, because a caller requested it during the run. */
    record Revoked() implements Outcome {}

    /** REVOKED, because the task had expired. */
    record Expired() implements Outcome {}

    /**
     * The same run restarts soon, without a retry being counted. {@code error} is the reason; null if the log has it
     * already.
     */
    record Restart(Throwable error) implements Outcome {}

    /** Returns the name in the metrics, such as RETRY. */
    default String label() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }
}
