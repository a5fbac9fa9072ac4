package dev.errand.handler;

import dev.errand.api.Durations;
import dev.errand.api.HandlerInfo;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.RetryPolicy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/** A checked {@link RetryPolicy}. Immutable. */
public record Policy(
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> except,
        int maxRetries,
        Duration countdown,
        double backoff,
        Duration maxCountdown,
        boolean jitter) {

    /** The policy of a handler without {@link RetryPolicy}: Celery's defaults. */
    public static final Policy NONE =
            new Policy(List.of(), List.of(), 3, Duration.ofMinutes(3), 1.0, Duration.ofHours(1), false);

    private static final String DEFAULT_MAX = "PT1H";

    /** @param where the class and the module, for the message */
    static Policy of(RetryPolicy policy, String where) {
        if (policy == null) {
            return NONE;
        }
        if (policy.maxRetries() < -1) {
            throw wrong(where, "maxRetries = " + policy.maxRetries(), "0 or more, or -1 for no limit");
        }
        if (!(policy.backoff() >= 1.0) || Double.isInfinite(policy.backoff())) {
            throw wrong(where, "backoff = " + policy.backoff(), "1.0 or more");
        }
        Duration countdown = duration(policy.countdown(), "countdown", where);
        Duration maxCountdown = duration(policy.maxCountdown(), "maxCountdown", where);
        if (policy.maxCountdown().equals(DEFAULT_MAX) && maxCountdown.compareTo(countdown) < 0) {
            // a countdown of two hours is not meant to be limited by the default of one hour
            maxCountdown = countdown;
        }
        if (maxCountdown.compareTo(countdown) < 0) {
            throw wrong(where, "maxCountdown = " + maxCountdown, "no shorter than countdown = " + countdown);
        }
        return new Policy(
                List.of(policy.on()),
                List.of(policy.except()),
                policy.maxRetries(),
                countdown,
                policy.backoff(),
                maxCountdown,
                policy.jitter());
    }

    static Duration duration(String text, String member, String where) {
        try {
            Duration duration = Durations.parse(text);
            if (!duration.isNegative() && duration.toDays() <= 36_525) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        throw wrong(where, member + " = \"" + text + "\"", "an ISO-8601 duration such as \"PT3M\"");
    }

    private static InvalidDeploymentException wrong(String where, String what, String allowed) {
        return new InvalidDeploymentException(where + ": @RetryPolicy or @Task has " + what + ". Use " + allowed + ".");
    }

    /** Returns whether the policy retries this exception. */
    public boolean retries(Throwable error) {
        return on.stream().anyMatch(type -> type.isInstance(error))
                && except.stream().noneMatch(type -> type.isInstance(error));
    }

    HandlerInfo.Policy info() {
        return new HandlerInfo.Policy(names(on), names(except), maxRetries, countdown, backoff, maxCountdown, jitter);
    }

    private static List<String> names(List<Class<? extends Throwable>> types) {
        return Arrays.asList(types.stream().map(Class::getName).toArray(String[]::new));
    }
}
