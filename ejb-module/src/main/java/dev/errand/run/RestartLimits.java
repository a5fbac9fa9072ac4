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
 * Limits for restarts of runs where neither the task nor the database is known to be the cause. Kept in memory, per
 * node. Thread-safe.
 */
@ApplicationScoped
public class RestartLimits {
    static final Duration REFUSAL_PATIENCE = Duration.ofMinutes(2);

    /**
     * The gap that ends a series of refusals. A refused run restarts every half a second; a refusal after a longer gap
     * begins a new series.
     */
    static final Duration REFUSAL_GAP = Duration.ofSeconds(20);

    static final int COMMIT_TRIES = 5;

    /**
     * The number of runs that are remembered. The oldest are forgotten, because a run that succeeds is not reported to
     * this class.
     */
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
     * Counts a refusal of the server to call the handler of {@code task}. While an application starts or stops, some
     * servers refuse calls of beans that have not started or have stopped. Such a refusal is no failure of the task,
     * but it must not continue without end.
     *
     * @return whether the run may restart
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
     * Counts a commit that failed for no known reason. Payara's transaction manager throws the same SystemException in
     * two cases: for a connection that was cut, which is no fault of the task, and for a constraint that is checked in
     * the commit, which fails each time.
     *
     * @return whether the run may restart
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
