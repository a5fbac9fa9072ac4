package dev.errand.run;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.TaskCancel;
import dev.errand.api.TaskRetry;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.log.LogMessage;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.KnownQueues;
import dev.errand.store.Ended;
import dev.errand.store.ErrorText;
import dev.errand.store.ExpiredRecords;
import dev.errand.store.Millis;
import dev.errand.store.TaskTransitions;
import dev.errand.store.TaskTransitions.Changes;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Records the outcome of a run, if the record is still at that run. Each call is a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OutcomeRecorder {
    /** The wait before the restart of a run that the database aborted. */
    private static final long RESTART_AFTER_MILLIS = 500;

    @Inject
    private TaskTransitions transitions;

    @Inject
    private ExpiredRecords expired;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    private KnownQueues queues;

    @Inject
    private RecordLock recordLock;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /** Records SUCCESS of a leased run. */
    public void succeeded(String task, Ended ended, String result) {
        if (!transitions.end(ended, TaskState.SUCCESS, result, null)) {
            stale(task, ended);
        }
    }

    /** Records the outcome of a run that did not succeed. */
    public void record(RunResult.Unfinished result, Outcome outcome) {
        RunningTask run = result.run();
        if (outcome instanceof Outcome.Retry retry) {
            retry(run, result.ended(), retry);
        } else if (outcome instanceof Outcome.Snoozed snoozed) {
            snooze(run, result.ended(), snoozed.dueAt());
        } else if (outcome instanceof Outcome.Cancelled cancelled) {
            cancel(run, result.ended(), cancelled.reason());
        } else if (outcome instanceof Outcome.Failure failure) {
            fail(run, result.ended(), failure.error());
        } else if (outcome instanceof Outcome.Restart restart) {
            restart(run, result.ended(), restart.error());
        } else if (outcome instanceof Outcome.Revoked) {
            revoked(run, result.ended());
        } else {
            expired(run);
        }
    }

    private void retry(RunningTask run, Ended ended, Outcome.Retry retry) {
        Changes changes;
        try {
            changes = changes(retry.request());
        } catch (NotJsonException e) {
            fail(
                    run,
                    ended,
                    new IllegalStateException(
                            changedArgument(run) + " cannot be written as JSON: " + e.getMessage(), e));
            return;
        }
        if (Json.longer(changes.argument(), config.argumentMaxBytes())) {
            fail(
                    run,
                    ended,
                    new ArgumentTooLargeException(changedArgument(run) + " is larger than " + config.argumentMaxBytes()
                            + " bytes as JSON. Give a reference to the data, or raise errand.argument.max-bytes."));
            return;
        }
        long dueAt = Millis.notBefore(retry.dueAt());
        ErrorText error = ErrorReport.text(retry.error(), config.traceMaxChars(), run.secrets());
        if (changes.queue() != null) {
            queues.register(changes.queue());
        }
        if (transitions.retry(ended, error, dueAt, changes)) {
            LogMessage.RETRYING.log(
                    run.task(),
                    run.id(),
                    retry.dueAt(),
                    run.retries() + 1,
                    ErrorReport.line(retry.error(), run.secrets()));
            afterCommit.publish(List.of(), dueAt);
        } else {
            stale(run.task(), ended);
        }
    }

    private static Changes changes(TaskRetry request) {
        return request == null
                ? Changes.NONE
                : new Changes(
                        request.argumentChanged(),
                        request.argumentChanged() ? Json.write(request.argument()) : null,
                        request.queue(),
                        request.priority());
    }

    private void snooze(RunningTask run, Ended ended, Instant at) {
        long dueAt = Millis.notBefore(at);
        if (transitions.snooze(ended, dueAt)) {
            LogMessage.SNOOZED.log(run.task(), run.id(), at);
            afterCommit.publish(List.of(), dueAt);
        } else {
            stale(run.task(), ended);
        }
    }

    private void cancel(RunningTask run, Ended ended, TaskCancel reason) {
        ErrorText text = ErrorReport.text(reason, config.traceMaxChars(), run.secrets());
        if (transitions.end(ended, TaskState.REVOKED, null, text)) {
            LogMessage.CANCELLED.log(run.task(), run.id(), text.message());
        } else {
            stale(run.task(), ended);
        }
    }

    private static String changedArgument(RunningTask run) {
        return "The changed argument for the retry of " + run.task() + "[" + run.id() + "]";
    }

    private void fail(RunningTask run, Ended ended, Throwable error) {
        ErrorText text = ErrorReport.text(error, config.traceMaxChars(), run.secrets());
        if (transitions.end(ended, TaskState.FAILURE, null, text)) {
            LogMessage.FAILED.log(run.task(), run.id(), ErrorReport.line(error, run.secrets()));
        } else {
            stale(run.task(), ended);
        }
    }

    private void restart(RunningTask run, Ended ended, Throwable error) {
        if (error != null) {
            LogMessage.DISPATCH_FAILED.logAtMostOnceAMinute(
                    run.task(), run.id(), ErrorReport.line(error, run.secrets()));
        }
        long again = clock.millis() + RESTART_AFTER_MILLIS;
        recordLock.lock(ended.id(), ended.run()).ifPresent(record -> {
            transitions.release(record, again);
            afterCommit.publish(List.of(), again);
        });
    }

    private void revoked(RunningTask run, Ended ended) {
        if (transitions.end(ended, TaskState.REVOKED, null, null)) {
            LogMessage.REVOKED.log(run.task(), run.id());
        } else {
            stale(run.task(), ended);
        }
    }

    private void expired(RunningTask run) {
        recordLock
                .lock(run.id(), run.run())
                .filter(record -> record.state().canBecome(TaskState.REVOKED))
                .ifPresent(record -> {
                    expired.expire(record, clock.millis());
                    LogMessage.EXPIRED.log(run.task(), run.id(), Instant.ofEpochMilli(record.expiry()));
                });
    }

    private static void stale(String task, Ended ended) {
        LogMessage.STALE.log(task, ended.id(), ended.run());
    }
}
