package dev.errand.run;

import dev.errand.api.TaskContext;
import dev.errand.api.TaskInfo.Progress;
import dev.errand.api.TaskRetry;
import dev.errand.handler.Handler;
import dev.errand.json.Secrets;
import dev.errand.store.Ended;
import dev.errand.store.RunReports;
import dev.errand.store.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A run on this node, from claim to outcome, and the context that its handler receives. Thread-safe. */
public final class RunningTask implements TaskContext {
    private static final int MAX_LINES = 1_000;
    private static final int MAX_CHARS = 1_000;

    private final TaskRecord record;
    private final Handler handler;
    private final Clock clock;
    private final Secrets secrets;
    private final Thread thread = Thread.currentThread();
    private final long startedAt;
    private final List<RunReports.Line> lines = new ArrayList<>();
    private int lineCount;
    private long dropped;
    private volatile Progress progress;
    private volatile boolean revoked;
    private volatile boolean timedOut;
    private boolean over;
    private boolean shown;

    /**
     * Creates the context of a run.
     *
     * @param mask names of fields whose values the handler cannot disclose by mistake
     */
    public RunningTask(TaskRecord record, Handler handler, Clock clock, Set<String> mask) {
        this.record = record;
        this.handler = handler;
        this.clock = clock;
        this.secrets = Secrets.of(record.argument(), mask);
        this.startedAt = clock.millis();
    }

    @Override
    public String id() {
        return record.id();
    }

    @Override
    public String task() {
        return record.task();
    }

    @Override
    public int retries() {
        return record.retries();
    }

    @Override
    public String queue() {
        return record.queue();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(timeLimit())
                .map(limit -> Instant.ofEpochMilli(startedAt).plus(limit));
    }

    /** Returns the longest time of the run: the sender's, otherwise the handler's; null if there is none. */
    Duration timeLimit() {
        return timeLimit(record, handler);
    }

    static Duration timeLimit(TaskRecord record, Handler handler) {
        return record.timeLimit() == null ? handler.timeLimit() : Duration.ofMillis(record.timeLimit());
    }

    @Override
    public List<String> tags() {
        return record.tags();
    }

    @Override
    public Optional<Instant> scheduledAt() {
        String schedule = record.schedule();
        if (schedule == null || !id().startsWith(schedule + "@")) {
            return Optional.empty();
        }
        return Optional.of(Instant.parse(id().substring(schedule.length() + 1)));
    }

    @Override
    public String sentBy() {
        return record.sentBy();
    }

    @Override
    public String workflow() {
        return record.workflow();
    }

    @Override
    public void progress(long done, long total, String message) {
        progress = new Progress(done, total, secrets.hide(message, MAX_CHARS));
    }

    @Override
    public void log(String message) {
        // cut at once: the lines of a handler that logs megabytes must not fill the memory until they are written
        String line = secrets.hide(String.valueOf(message), MAX_CHARS);
        synchronized (lines) {
            if (lineCount < MAX_LINES) {
                lineCount++;
                addLine(lineCount, line);
            } else {
                dropped++;
            }
        }
    }

    /** Adds a line with the number of dropped lines. Called at the end of the run, when the number is known. */
    private void logDropped() {
        synchronized (lines) {
            if (dropped > 0) {
                addLine(
                        MAX_LINES + 1,
                        "… " + dropped + " more lines were dropped: at most " + MAX_LINES + " per run are kept.");
                dropped = 0;
            }
        }
    }

    /**
     * Adds a line. An aborted run keeps its run number when it restarts, so the numbers of its lines must differ from
     * the earlier ones.
     */
    private void addLine(int number, String text) {
        lines.add(new RunReports.Line(startedAt * 2 * MAX_LINES + number, clock.millis(), text));
    }

    @Override
    public boolean revoked() {
        return revoked;
    }

    @Override
    public TaskRetry retry(Throwable cause) {
        return new TaskRetry(
                "Task " + task() + "[" + id() + "] asks for a retry"
                        + (cause == null ? "." : ": " + cause.getMessage()),
                cause);
    }

    public TaskRecord record() {
        return record;
    }

    Secrets secrets() {
        return secrets;
    }

    public Handler handler() {
        return handler;
    }

    public int run() {
        return record.run();
    }

    public long startedAt() {
        return startedAt;
    }

    /** Returns the last reported progress, or null. */
    public Progress progress() {
        return progress;
    }

    /** Passes the new lines to the writer. Lines that it cannot write are passed to it again the next time. */
    public void writeLines(Consumer<List<RunReports.Line>> writer) {
        synchronized (lines) {
            if (!lines.isEmpty()) {
                writer.accept(List.copyOf(lines));
                lines.clear();
            }
        }
    }

    /** Stops the run because a caller requested it, or because another node has taken the task over. */
    public void revoke() {
        interrupt(() -> revoked = true);
    }

    /** Stops the run because it exceeds its time limit. */
    public void timeOut() {
        interrupt(() -> timedOut = true);
    }

    public boolean timedOut() {
        return timedOut;
    }

    /** Returns whether the run is past its time limit by this time, although it was interrupted. */
    synchronized boolean isStuck(long now, Duration grace) {
        return !over
                && timedOut
                && deadline()
                        .filter(end -> now - end.toEpochMilli() > grace.toMillis())
                        .isPresent();
    }

    private synchronized void interrupt(Runnable why) {
        if (!over) {
            why.run();
            thread.interrupt();
        }
    }

    /**
     * Marks the handler as finished. From here on the thread is not interrupted, because it has to write the outcome.
     */
    synchronized void handlerEnded() {
        over = true;
        logDropped();
        // an interrupt that came too late must not affect the thread's next work
        Thread.interrupted();
    }

    /** Shows the run as running, unless it has ended: each shown run must be hidden at its end. */
    public synchronized void show(Runnable show) {
        if (!over) {
            shown = true;
            show.run();
        }
    }

    synchronized boolean shown() {
        return shown;
    }

    Ended ended(String node) {
        return new Ended(id(), run(), node, startedAt, clock.millis(), progress, record.workflow());
    }
}
