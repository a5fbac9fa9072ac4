package dev.errand.tasks.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. Pure. */
final class RetryAfter {
    /** The shortest wait: "Retry-After: 0" from an overloaded server must not use up all retries within a moment. */
    static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest wait: no other machine may make a task wait for months. */
    static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** Returns the wait, from a second to a day; empty if there is no such header or it is malformed. */
    static Optional<Duration> parse(String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.trim();
        if (text.matches("\\d+")) {
            // a number with more digits exceeds the longest wait anyway
            return Optional.of(text.length() > 9 ? LONGEST : within(Duration.ofSeconds(Long.parseLong(text))));
        }
        return Optional.ofNullable(DateUtils.parseStandardDate(text)).map(date -> within(Duration.between(now, date)));
    }

    private static Duration within(Duration wait) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
