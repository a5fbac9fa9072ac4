package dev.errand.cron;

import dev.errand.api.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The instants of a schedule: a cron expression or an interval, within limits. They are whole seconds. Immutable; thread-safe.
 *
 * @param cron null for an interval
 * @param every null for a cron expression
 * @param zone the zone of the cron expression
 * @param from the first possible instant, or null
 * @param until the last possible instant, or null
 */
public record Timing(Cron cron, Duration every, ZoneId zone, Instant from, Instant until) {
    /** The last instant that an answer can show. Years of five digits come from intervals only. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Checks the values.
     *
     * @param cron the expression, or null
     * @throws InvalidValueException with the field at fault
     */
    public static Timing of(String cron, Duration every, ZoneId zone, Instant from, Instant until) {
        if (cron == null == (every == null)) {
            throw new InvalidValueException(
                    "cron",
                    cron == null
                            ? "The schedule has no times. Give cron or every."
                            : "The schedule has cron and every. Leave one of them out.");
        }
        if (from != null && until != null && from.isAfter(until)) {
            throw new InvalidValueException(
                    "until", "until " + until + " is before from " + from + ". Use a later one, or leave it out.");
        }
        return new Timing(cron == null ? null : Cron.parse(cron), every, zone, from, until);
    }

    /**
     * Returns the first instant of a schedule that begins now.
     *
     * @throws InvalidValueException with the field "until", if there is none
     */
    public Instant first(Instant now) {
        return afterBreak(null, now)
                .orElseThrow(() -> new InvalidValueException(
                        "until",
                        "The schedule never fires: its first instant would be after until " + until
                                + ". Use a later one, or leave it out."));
    }

    /**
     * Returns the first instant after now, whatever was before.
     *
     * @param known an instant of this schedule, on which an interval continues; null if there is none
     */
    public Optional<Instant> afterBreak(Instant known, Instant now) {
        if (cron != null || known != null) {
            return after(known, now);
        }
        Instant start = from == null ? null : ceil(from);
        if (start != null && start.isAfter(now)) {
            return within(start);
        }
        Instant anchor = start == null ? now.truncatedTo(ChronoUnit.SECONDS) : start;
        return after(anchor, now);
    }

    /**
     * Returns the first instant after the given one.
     *
     * @param known an instant of this schedule; needed for an interval only
     */
    public Optional<Instant> after(Instant known, Instant after) {
        Instant start =
                from == null || !ceil(from).isAfter(after) ? after : ceil(from).minusSeconds(1);
        if (cron != null) {
            return start.isBefore(LAST) ? within(cron.next(start, zone)) : Optional.empty();
        }
        long seconds = every.getSeconds();
        long steps = Math.floorDiv(start.getEpochSecond() - known.getEpochSecond(), seconds) + 1;
        return within(known.plusSeconds(steps * seconds));
    }

    /** Returns the last instant that is neither before {@code first}, an instant of this schedule, nor after {@code end}. */
    Instant last(Instant first, Instant end) {
        // the last moment whose next instant is not after the end is one second before that instant
        long low = first.getEpochSecond() - 1;
        long high = end.getEpochSecond();
        while (low + 1 < high) {
            long middle = low + (high - low) / 2;
            boolean comes = after(first, Instant.ofEpochSecond(middle))
                    .filter(next -> !next.isAfter(end))
                    .isPresent();
            if (comes) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Instant.ofEpochSecond(low + 1);
    }

    private Optional<Instant> within(Instant instant) {
        return instant.isAfter(LAST) || until != null && instant.isAfter(until)
                ? Optional.empty()
                : Optional.of(instant);
    }

    private static Instant ceil(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(instant) ? whole : whole.plusSeconds(1);
    }
}
