package dev.errand.run;

import dev.errand.api.TaskCancel;
import dev.errand.api.TaskRetry;
import java.time.Instant;
import java.util.Locale;

/**
 * The outcome of a run that did not succeed. A closed set; {@link OutcomeRules} decides, {@link OutcomeRecorder}
 * records.
 */
public sealed interface Outcome {

    /**
     * RETRY: the task runs again at {@code dueAt}.
     *
     * @param request the handler's own request, which may change argument, queue and priority; null if a policy retries
     */
    record Retry(Instant dueAt, Throwable error, TaskRetry request) implements Outcome {}

    /** PENDING again: the handler asked to run at {@code dueAt}, without a retry being counted. */
    record Snoozed(Instant dueAt) implements Outcome {}

    /** REVOKED by the handler itself, for this reason. */
    record Cancelled(TaskCancel reason) implements Outcome {}

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
