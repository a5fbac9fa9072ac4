package dev.errand.outcome;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.TaskState;
import dev.errand.config.EngineClock;
import dev.errand.config.ErrandConfig;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.json.Secrets;
import dev.errand.log.Message;
import dev.errand.queue.AfterCommit;
import dev.errand.queue.LookAgain;
import dev.errand.store.Ended;
import dev.errand.store.ExpiredRecords;
import dev.errand.store.Millis;
import dev.errand.store.TaskRecords;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Writes an outcome into the record, if the run is still the record's. In a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OutcomeRecorder {
    /** Before a run that the database broke off is tried again. */
    private static final long AGAIN_AFTER_MILLIS = 500;

    @Inject
    private TaskRecords records;

    @Inject
    private ExpiredRecords expired;

    @Inject
    private AfterCommit afterCommit;

    @Inject
    private LookAgain lookAgain;

    @Inject
    private ErrandConfig config;

    @Inject
    @EngineClock
    private Clock clock;

    /** A long run succeeded. */
    public void succeeded(String task, Ended ended, String result) {
        if (!records.end(ended, TaskState.SUCCESS, result, null)) {
            stale(task, ended);
        }
    }

    /** It was to run, but had expired. */
    public void expired(String task, String id, int run) {
        lookAgain
                .lock(id, run)
                .filter(record -> record.state().canBecome(TaskState.REVOKED))
                .ifPresent(record -> {
                    expired.expire(record, clock.millis());
                    Message.EXPIRED.log(task, id, Instant.ofEpochMilli(record.expiry()));
                });
    }

    /** It was revoked while it ran. */
    public void revoked(String task, Ended ended) {
        if (records.end(ended, TaskState.REVOKED, null, null)) {
            Message.REVOKED.log(task, ended.id());
        } else {
            stale(task, ended);
        }
    }

    /** The database broke it off: the same run again, soon. */
    public void runAgain(String task, Ended ended, Throwable error, Secrets secrets) {
        Message.DISPATCH_FAILED.logAtMostOnceAMinute(task, ended.id(), Errors.line(error, secrets));
        again(ended);
    }

    /** The database was away, which has been said. */
    public void runAgain(Ended ended) {
        again(ended);
    }

    private void again(Ended ended) {
        long again = clock.millis() + AGAIN_AFTER_MILLIS;
        lookAgain.lock(ended.id(), ended.run()).ifPresent(record -> {
            records.release(record, again);
            afterCommit.publish(List.of(), again);
        });
    }

    public void record(String task, int retries, Ended ended, Outcome outcome, Secrets secrets) {
        if (outcome instanceof Outcome.Retry retry) {
            retry(task, retries, ended, retry, secrets);
        } else if (outcome instanceof Outcome.Failure failure) {
            fail(task, ended, failure.error(), secrets);
        }
    }

    private void retry(String task, int retries, Ended ended, Outcome.Retry retry, Secrets secrets) {
        String argument;
        try {
            argument = retry.argumentChanged() ? Json.write(retry.argument()) : null;
        } catch (NotJsonException e) {
            fail(
                    task,
                    ended,
                    new IllegalStateException(
                            "The changed argument for the retry of " + task + "[" + ended.id()
                                    + "] cannot be written as JSON: " + e.getMessage(),
                            e),
                    secrets);
            return;
        }
        if (Json.longer(argument, config.argumentMaxBytes())) {
            fail(
                    task,
                    ended,
                    new ArgumentTooLargeException("The changed argument for the retry of " + task + "["
                            + ended.id() + "] is larger than " + config.argumentMaxBytes()
                            + " bytes as JSON. Give a reference to the data, or raise errand.argument.max-bytes."),
                    secrets);
            return;
        }
        long dueAt = Millis.notBefore(retry.dueAt());
        if (records.retry(
                ended,
                Errors.text(retry.error(), config.traceMaxChars(), secrets),
                dueAt,
                retry.argumentChanged(),
                argument)) {
            Message.RETRYING.log(task, ended.id(), retry.dueAt(), retries + 1, Errors.line(retry.error(), secrets));
            afterCommit.publish(List.of(), dueAt);
        } else {
            stale(task, ended);
        }
    }

    private void fail(String task, Ended ended, Throwable error, Secrets secrets) {
        if (records.end(ended, TaskState.FAILURE, null, Errors.text(error, config.traceMaxChars(), secrets))) {
            Message.FAILED.log(task, ended.id(), Errors.line(error, secrets));
        } else {
            stale(task, ended);
        }
    }

    private static void stale(String task, Ended ended) {
        Message.STALE.log(task, ended.id(), ended.run());
    }
}
