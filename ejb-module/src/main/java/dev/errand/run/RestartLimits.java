package dev.errand.run;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits for runs that start again although neither the task nor the database is known to be the reason. Kept in memory, per
 * node. Thread-safe.
 */
@ApplicationScoped
public class RestartLimits {
    static final Duration REFUSAL_PATIENCE = Duration.ofMinutes(2);

    /** A refused run starts again every half a second. After this long without a refusal, the next one is the first of others. */
    static final Duration REFUSAL_GAP = Duration.ofSeconds(20);

    static final int COMMIT_TRIES = 5;

    /** The oldest runs are forgotten: a run that has succeeded since tells its limits nothing. */
    static final int RUNS_KEPT = 1_000;

    private final Map<String, Span> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> commitTries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > RUNS_KEPT;
        }
    };

    @Inject
    @EngineClock
    private Clock clock;

    private record Span(long first, long last) {}

    protected RestartLimits() {}

    RestartLimits(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts a refusal of the server to call the handler of {@code task}. While an application starts or stops, some servers
     * refuse the calls of beans that are not up yet, or not any more: that is no failure of the task, but it must end.
     *
     * @return whether the run may start again
     */
    boolean allowRefusal(String task) {
        long now = clock.millis();
        Span span = refusals.compute(
                task,
                (name, before) -> before == null || now - before.last() > REFUSAL_GAP.toMillis()
                        ? new Span(now, now)
                        : new Span(before.first(), now));
        return span.last() - span.first() < REFUSAL_PATIENCE.toMillis();
    }

    /**
     * Counts a commit that failed for no known reason. Payara's transaction manager throws the same SystemException for a
     * connection that was cut, which is no fault of the task, and for a constraint that is checked in the commit, which fails
     * each time.
     *
     * @return whether the run may start again
     */
    synchronized boolean allowUnexplainedCommit(String id, int run) {
        String key = id + " " + run;
        if (commitTries.merge(key, 1, Integer::sum) < COMMIT_TRIES) {
            return true;
        }
        commitTries.remove(key);
        return false;
    }
}
