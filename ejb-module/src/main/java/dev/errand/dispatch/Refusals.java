package dev.errand.dispatch;

import dev.errand.config.EngineClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long the server has not let us call a handler. While the application starts or stops some servers refuse the calls of
 * beans that are not up yet, or not any more; that is no failure of the task, but it must not go on for ever.
 */
@ApplicationScoped
public class Refusals {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Refused runs start again each half a second: after so long without one, a refusal is the first of others. */
    static final Duration GAP = Duration.ofSeconds(20);

    private final Map<String, Span> spans = new ConcurrentHashMap<>();

    @Inject
    @EngineClock
    private Clock clock;

    private record Span(long first, long last) {}

    protected Refusals() {}

    Refusals(Clock clock) {
        this.clock = clock;
    }

    /** A call was refused. @return whether the run may start again */
    boolean mayStartAgain(String task) {
        long now = clock.millis();
        Span span = spans.compute(
                task,
                (name, before) -> before == null || now - before.last() > GAP.toMillis()
                        ? new Span(now, now)
                        : new Span(before.first(), now));
        return span.last() - span.first() < PATIENCE.toMillis();
    }
}
