package dev.errand.cron;

import dev.errand.api.InvalidValueException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A cron expression: minute, hour, day of the month, month, day of the week; or these with a second in front. Immutable;
 * thread-safe.
 *
 * <p>The fields say what a clock on the wall shows. Each time on that clock fires once:
 *
 * <ul>
 *   <li>A time that the clock leaves out in spring fires at the first instant after the gap. All times of a gap fire together,
 *       once.
 *   <li>A time that the clock shows twice in autumn fires at the first of both. A pattern such as <code>*&#47;15 * * * *</code>
 *       therefore fires four times in the doubled hour, and pauses for the second hour. An interval ({@code every}) does not
 *       depend on the clock on the wall, and does not pause.
 * </ul>
 */
public final class Cron {
    /** The longest expression. */
    static final int MOST_CHARACTERS = 200;

    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private static final int FIELDS = 5;

    /** The Gregorian calendar repeats itself, with its days of the week, after 400 years. */
    private static final int CALENDAR_YEARS = 400;

    private static final int HOUR_SECONDS = 3_600;
    private static final int MINUTE_SECONDS = 60;

    private final String text;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final CronDays days;

    private Cron(String text, List<String> fields) {
        this.text = text;
        this.seconds = CronField.SECOND.values(fields.get(0));
        this.minutes = CronField.MINUTE.values(fields.get(1));
        this.hours = CronField.HOUR.values(fields.get(2));
        this.months = CronField.MONTH.values(fields.get(4));
        this.days = CronDays.of(fields.get(3), fields.get(5));
        if (nextDay(LocalDate.of(2000, 1, 1)) == null) {
            throw new InvalidValueException(
                    "cron",
                    "The cron expression \"" + text + "\" never fires: no month that it names has such a day."
                            + " Use another day or another month.");
        }
    }

    /**
     * Reads an expression.
     *
     * @throws InvalidValueException with the field "cron", if the expression is wrong or never fires
     */
    public static Cron parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MOST_CHARACTERS) {
            throw new InvalidValueException(
                    "cron",
                    "The cron expression must have 1 to " + MOST_CHARACTERS + " characters, but has " + trimmed.length()
                            + ".");
        }
        String expression = trimmed;
        if (trimmed.startsWith("@")) {
            expression = MACROS.get(trimmed.toLowerCase(Locale.ROOT));
            if (expression == null) {
                throw new InvalidValueException(
                        "cron",
                        "The cron expression \"" + text + "\" is unknown. Use five fields, or one of "
                                + String.join(
                                        ", ", MACROS.keySet().stream().sorted().toList()) + ".");
            }
        }
        List<String> fields = List.of(expression.split("\\s+"));
        if (fields.size() != FIELDS && fields.size() != FIELDS + 1) {
            throw new InvalidValueException(
                    "cron",
                    "The cron expression \"" + text + "\" has " + fields.size()
                            + " fields, not five (minute, hour, day of"
                            + " the month, month, day of the week) or six (a second in front).");
        }
        return new Cron(trimmed, fields.size() == FIELDS ? withSecond(fields) : fields);
    }

    private static List<String> withSecond(List<String> fields) {
        return List.of("0", fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
    }

    /** Returns the first instant after the given one at which the expression fires, in whole seconds. */
    public Instant next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = nextTime(start(after, rules));
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    /** Returns the first time on the wall that may still fire after the instant. */
    private static LocalDateTime start(Instant after, ZoneRules rules) {
        ZoneOffset offset = rules.getOffset(after);
        LocalDateTime shown = LocalDateTime.ofEpochSecond(after.getEpochSecond(), 0, offset);
        ZoneOffsetTransition transition = rules.getTransition(shown);
        boolean shownBefore =
                transition != null && transition.isOverlap() && offset.equals(transition.getOffsetAfter());
        return shownBefore ? transition.getDateTimeBefore() : shown.plusSeconds(1);
    }

    private LocalDateTime nextTime(LocalDateTime from) {
        LocalDate day = nextDay(from.toLocalDate());
        if (day.equals(from.toLocalDate())) {
            int second = nextSecond(from.toLocalTime().toSecondOfDay());
            if (second >= 0) {
                return day.atTime(LocalTime.ofSecondOfDay(second));
            }
            day = nextDay(day.plusDays(1));
        }
        return day.atTime(LocalTime.ofSecondOfDay(nextSecond(0)));
    }

    /** Returns the first matching day, or null if there is none. */
    private LocalDate nextDay(LocalDate from) {
        LocalDate day = from;
        while (day.getYear() <= from.getYear() + CALENDAR_YEARS) {
            if (!months.get(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (days.matches(day)) {
                return day;
            } else {
                day = day.plusDays(1);
            }
        }
        return null;
    }

    /** Returns the first matching second of a day, or -1 if there is none. */
    private int nextSecond(int from) {
        int fromHour = from / HOUR_SECONDS;
        for (int hour = hours.nextSetBit(fromHour); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            int fromMinute = hour == fromHour ? from / MINUTE_SECONDS % MINUTE_SECONDS : 0;
            for (int minute = minutes.nextSetBit(fromMinute); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                boolean firstMinute = hour == fromHour && minute == from / MINUTE_SECONDS % MINUTE_SECONDS;
                int second = seconds.nextSetBit(firstMinute ? from % MINUTE_SECONDS : 0);
                if (second >= 0) {
                    return hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
                }
            }
        }
        return -1;
    }

    /** Returns the expression as it was given, without blanks around it. */
    @Override
    public String toString() {
        return text;
    }
}
