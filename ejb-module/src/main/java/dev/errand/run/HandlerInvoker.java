package dev.errand.run;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.ErrandException;
import dev.errand.api.TimeLimitExceededException;
import dev.errand.config.ErrandConfig;
import dev.errand.handler.Handler;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import dev.errand.log.LogContext;
import dev.errand.log.LogMessage;
import dev.errand.metrics.TaskMetrics;
import dev.errand.queue.HandlerStats;
import dev.errand.store.RunReports;
import dev.errand.store.database.DatabaseMonitor;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls the handler in the caller's transaction, if there is one, under the task's time limit. */
@ApplicationScoped
public class HandlerInvoker {
    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Inject
    private RunningTasks running;

    @Inject
    private HandlerStats stats;

    @Inject
    private TaskMetrics metrics;

    @Inject
    private RunReports reports;

    @Inject
    private DatabaseMonitor monitor;

    @Inject
    private ErrandConfig config;

    /**
     * The result of a call.
     *
     * @param result the handler's result, as JSON
     * @param error the exception that the handler threw, without the container's wrapping; null on success
     */
    public record Answer(String result, Throwable error) {}

    /**
     * Calls the handler and writes the log lines of the run. Never throws: an exception of the handler is part of the
     * answer.
     */
    public Answer call(RunningTask run) {
        Answer answer = answer(run);
        writeLines(run);
        return answer;
    }

    /** Calls the handler, but leaves the log lines of the run to be written. */
    Answer answer(RunningTask run) {
        Handler handler = run.handler();
        Future<?> limit = null;
        Answer answer;
        long start = System.nanoTime();
        running.add(run);
        try {
            if (run.timeLimit() != null) {
                limit = scheduler.schedule(run::timeOut, run.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
            }
            Object result = handle(run);
            run.handlerEnded();
            answer = run.timedOut() ? tooLong(run, null) : new Answer(result(run, result), null);
        } catch (Throwable e) {
            run.handlerEnded();
            Throwable error = ErrorReport.unwrap(e);
            answer = run.timedOut() ? tooLong(run, error) : new Answer(null, error);
        } finally {
            running.remove(run);
            if (limit != null) {
                limit.cancel(false);
            }
        }
        long nanos = System.nanoTime() - start;
        metrics.called(
                handler.task(), Duration.ofMillis(run.startedAt() - run.record().dueAt()), Duration.ofNanos(nanos));
        if (handler.transactional()) {
            stats.ran(handler.task(), nanos, answer.error() != null);
        }
        return answer;
    }

    private static Object handle(RunningTask run) throws Exception {
        LogContext context = LogContext.of(run.task(), run.id());
        try {
            return run.handler().bean().get().handle(argument(run), run);
        } finally {
            context.close();
        }
    }

    /**
     * Writes the log lines of the run. That happens before the outcome, so that a reader of the outcome finds them.
     * Lines that cannot be written must not fail the run.
     */
    void writeLines(RunningTask run) {
        try {
            DatabaseMonitor.Action write = () -> run.writeLines(lines -> reports.log(run.id(), run.run(), lines));
            if (run.handler().transactional()) {
                // no retry: if the database is away, this run's transaction is lost anyway
                write.run();
            } else {
                monitor.retryUntilUp(write);
            }
        } catch (Exception e) {
            if (!monitor.isCauseOf(e)) {
                LogMessage.HEARTBEAT_FAILED.logAtMostOnceAMinute(e);
            }
        }
    }

    /** Stops showing a transactional run as running, after its end. */
    void hide(RunningTask run) throws Exception {
        if (run.shown()) {
            monitor.retryUntilUp(() -> reports.ended(run.id()));
        }
    }

    private static Object argument(RunningTask run) {
        try {
            return Json.read(run.record().argument(), run.handler().argumentType());
        } catch (NotJsonException e) {
            if (e.getCause() != null && e.getCause().getCause() instanceof ErrandException own) {
                // the argument's type has explained the error itself
                throw own;
            }
            throw new IllegalArgumentException(
                    "The argument of " + run.task() + "[" + run.id() + "] is no "
                            + run.handler().argumentType().getTypeName() + ": " + e.getMessage()
                            + ". Send the task again with a valid argument.",
                    e);
        }
    }

    private String result(RunningTask run, Object result) {
        String json;
        try {
            json = Json.write(result);
        } catch (NotJsonException e) {
            throw new IllegalStateException(
                    "The result of " + run.task() + ", a " + result.getClass().getName()
                            + ", cannot be written as JSON: " + e.getMessage(),
                    e);
        }
        int max = config.argumentMaxBytes();
        if (Json.longer(json, max)) {
            throw new ArgumentTooLargeException("The result of " + run.task() + "[" + run.id() + "] is larger than "
                    + max + " bytes as JSON. Return a reference to the data, or raise errand.argument.max-bytes.");
        }
        return json;
    }

    private static Answer tooLong(RunningTask run, Throwable cause) {
        return new Answer(
                null,
                new TimeLimitExceededException(
                        "Task " + run.task() + "[" + run.id() + "] ran longer than its time limit of " + run.timeLimit()
                                + " and was interrupted.",
                        cause));
    }
}
