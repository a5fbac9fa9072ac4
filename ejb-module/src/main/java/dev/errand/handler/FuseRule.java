package dev.errand.handler;

import dev.errand.api.Durations;
import dev.errand.api.Fuse;
import dev.errand.api.InvalidDeploymentException;
import java.time.DateTimeException;
import java.time.Duration;

/** A checked {@link Fuse}. Immutable. */
public record FuseRule(String task, int failures, Duration within, Duration retryAfter) {
    private static final int MOST_FAILURES = 1_000;
    private static final Duration LONGEST_WITHIN = Duration.ofDays(1);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofDays(30);

    /**
     * @param where the class and the module, for the message
     * @throws InvalidDeploymentException if a value is wrong
     */
    static FuseRule of(Fuse fuse, String task, String where) {
        if (fuse.failures() < 1 || fuse.failures() > MOST_FAILURES) {
            throw wrong(where, "failures = " + fuse.failures(), "1 to " + MOST_FAILURES);
        }
        Duration within = duration(fuse.within(), "within", where);
        if (within.isZero() || within.isNegative() || within.compareTo(LONGEST_WITHIN) > 0) {
            throw wrong(where, "within = \"" + fuse.within() + "\"", "a duration of more than 0, and at most a day");
        }
        Duration retryAfter = duration(fuse.retryAfter(), "retryAfter", where);
        if (retryAfter.compareTo(SHORTEST_RETRY) < 0 || retryAfter.compareTo(LONGEST_RETRY) > 0) {
            throw wrong(where, "retryAfter = \"" + fuse.retryAfter() + "\"", "a duration from a second to 30 days");
        }
        return new FuseRule(task, fuse.failures(), within, retryAfter);
    }

    private static Duration duration(String text, String member, String where) {
        try {
            return Durations.parse(text);
        } catch (DateTimeException e) {
            throw wrong(where, member + " = \"" + text + "\"", "an ISO-8601 duration such as \"PT5M\"");
        }
    }

    private static InvalidDeploymentException wrong(String where, String what, String allowed) {
        return new InvalidDeploymentException(where + ": @Fuse has " + what + ". Use " + allowed + ".");
    }
}
