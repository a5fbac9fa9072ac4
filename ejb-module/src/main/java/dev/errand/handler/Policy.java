package dev.errand.handler;

import dev.errand.api.Durations;
import dev.errand.api.HandlerInfo;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.NotRetried;
import dev.errand.api.RetryPolicy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A checked {@link RetryPolicy}. Immutable.
 *
 * @param countdown the first wait
 * @param maxCountdown the longest wait
 * @param countdowns the waits one by one; empty: they are computed
 */
public record Policy(
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> except,
        int maxRetries,
        Duration countdown,
        double backoff,
        Duration maxCountdown,
        boolean jitter,
        List<Duration> countdowns) {

    /** The policy of a handler without {@link RetryPolicy}: Celery's defaults. */
    public static final Policy NONE =
            new Policy(List.of(), List.of(), 3, Duration.ofMinutes(3), 1.0, Duration.ofHours(1), false, List.of());

    private static final String DEFAULT_COUNTDOWN = "PT3M";
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
        for (Class<?> type : policy.on()) {
            if (type.isAnnotationPresent(NotRetried.class)) {
                throw wrong(where, "on = " + type.getName() + ", which is @NotRetried", "other exceptions");
            }
        }
        return policy.countdowns().length > 0 ? listed(policy, where) : computed(policy, where);
    }

    private static Policy listed(RetryPolicy policy, String where) {
        if (!policy.countdown().equals(DEFAULT_COUNTDOWN)) {
            throw wrong(where, "countdowns and countdown = \"" + policy.countdown() + "\"", "one of them");
        }
        if (policy.backoff() != 1.0) {
            throw wrong(where, "countdowns and backoff = " + policy.backoff(), "one of them");
        }
        if (!policy.maxCountdown().equals(DEFAULT_MAX)) {
            throw wrong(where, "countdowns and maxCountdown = \"" + policy.maxCountdown() + "\"", "one of them");
        }
        List<Duration> countdowns = Arrays.stream(policy.countdowns())
                .map(text -> duration(text, "countdowns with", where))
                .toList();
        return new Policy(
                List.of(policy.on()),
                List.of(policy.except()),
                policy.maxRetries(),
                countdowns.get(0),
                1.0,
                Collections.max(countdowns),
                policy.jitter(),
                countdowns);
    }

    private static Policy computed(RetryPolicy policy, String where) {
        Duration countdown = duration(policy.countdown(), "countdown =", where);
        Duration maxCountdown = duration(policy.maxCountdown(), "maxCountdown =", where);
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
                policy.jitter(),
                List.of());
    }

    /** @param member the member with its verb, for the message */
    static Duration duration(String text, String member, String where) {
        try {
            Duration duration = Durations.parse(text);
            if (!duration.isNegative() && duration.toDays() <= 36_525) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        throw wrong(where, member + " \"" + text + "\"", "an ISO-8601 duration such as \"PT3M\"");
    }

    private static InvalidDeploymentException wrong(String where, String what, String allowed) {
        return new InvalidDeploymentException(where + ": @RetryPolicy or @Task has " + what + ". Use " + allowed + ".");
    }

    /** Returns whether the policy retries this exception, unless it is {@link NotRetried}. */
    public boolean retries(Throwable error) {
        return on.stream().anyMatch(type -> type.isInstance(error))
                && except.stream().noneMatch(type -> type.isInstance(error));
    }

    HandlerInfo.Policy info() {
        return new HandlerInfo.Policy(
                names(on), names(except), maxRetries, countdown, backoff, maxCountdown, jitter, countdowns);
    }

    private static List<String> names(List<Class<? extends Throwable>> types) {
        return Arrays.asList(types.stream().map(Class::getName).toArray(String[]::new));
    }
}
