package dev.errand.api;

import java.time.Duration;
import java.time.Instant;

/** Rules for the values that users give, each in one place. */
final class Checks {
    /** A century: longer than any useful wait, and far from the durations whose milliseconds overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /**
     * The earliest instant allowed. RFC 3339 has four digits for a year; clients could not read an instant outside this
     * range.
     */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Checks() {}

    static <T> T present(String name, T value) {
        if (value == null) {
            throw new InvalidValueException(name, name + " is null. Leave the call out if there is no " + name + ".");
        }
        return value;
    }

    static Duration countdown(Duration countdown) {
        return duration("countdown", countdown);
    }

    static Duration duration(String name, Duration duration) {
        present(name, duration);
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new InvalidValueException(name, name + " " + duration + " is not between 0 and 100 years.");
        }
        return duration;
    }

    static Duration longerThanZero(String name, Duration duration) {
        if (duration(name, duration).isZero()) {
            throw new InvalidValueException(name, name + " is 0. Use a longer time, or leave it out.");
        }
        return duration;
    }

    /** Checks a text for people. */
    static String text(String name, String value, int max) {
        present(name, value);
        if (value.isBlank() || value.length() > max || value.codePoints().anyMatch(Checks::unprintable)) {
            throw new InvalidValueException(
                    name,
                    name + " \"" + value + "\" is not 1 to " + max
                            + " characters without control characters. Shorten it, or leave it out.");
        }
        return value;
    }

    /** Returns whether a text of a database cannot hold the character, or a line of people cannot show it. */
    private static boolean unprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    static Instant instant(String name, Instant instant) {
        present(name, instant);
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidValueException(
                    name,
                    name + " " + instant + " is not between " + EARLIEST + " and " + LATEST
                            + " (UTC). Use a nearer one.");
        }
        return instant;
    }

    static int maxRetries(int maxRetries) {
        if (maxRetries < -1) {
            throw new InvalidValueException(
                    "maxRetries", "maxRetries " + maxRetries + " is not allowed: use 0 or more, or -1 for no limit.");
        }
        return maxRetries;
    }

    static int priority(int priority) {
        if (priority < 0 || priority > 9) {
            throw new InvalidValueException(
                    "priority", "priority " + priority + " is not allowed: use 0 (lowest) to 9 (highest).");
        }
        return priority;
    }

    static String queue(String queue) {
        return name("queue", queue, 100);
    }

    static String name(String name, String value, int max) {
        present(name, value);
        if (!visibleAscii(value, max)) {
            throw new InvalidValueException(
                    name, name + " \"" + value + "\" is not 1 to " + max + " visible ASCII characters without blanks.");
        }
        return value;
    }

    static String id(String id) {
        if (id == null || !visibleAscii(id, 255)) {
            throw new InvalidValueException(
                    "id",
                    "The task id " + (id == null ? "null" : "\"" + id + "\"")
                            + " is not 1 to 255 visible ASCII characters without blanks."
                            + " Leave it out, and Errand makes one.");
        }
        return id;
    }

    private static boolean visibleAscii(String text, int max) {
        return !text.isEmpty() && text.length() <= max && text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
