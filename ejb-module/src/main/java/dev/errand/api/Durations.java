package dev.errand.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of ISO-8601 durations, with the same rules in REST, in the configuration and in annotations. Unlike
 * {@link Duration#parse}, it takes weeks ({@code P1W}) and a fraction in the smallest unit ({@code PT1.5H}). It refuses years
 * and months, because they have no fixed length.
 */
public final class Durations {
    private static final int MOST_CHARACTERS = 100;

    private static final String NUMBER = "([-+]?\\d+(?:[.,]\\d+)?)";
    private static final Pattern DURATION = Pattern.compile(
            "([-+]?)P(?:N@W)?(?:N@D)?(T(?:N@H)?(?:N@M)?(?:N@S)?)?".replace("N@", NUMBER), Pattern.CASE_INSENSITIVE);
    /** The group of each unit in the pattern; {@link #SECONDS} has the length of the unit at the same index. */
    private static final int[] GROUPS = {2, 3, 5, 6, 7};

    private static final int[] SECONDS = {604_800, 86_400, 3_600, 60, 1};
    private static final int TIME = 4;

    private Durations() {}

    /** @throws DateTimeParseException if the text is not a duration, or if the duration is too long for Java */
    public static Duration parse(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.length() > MOST_CHARACTERS || !parts.matches()) {
            throw wrong(text, null);
        }
        try {
            Duration duration = sum(text, parts);
            return parts.group(1).equals("-") ? duration.negated() : duration;
        } catch (ArithmeticException | DateTimeException e) {
            throw wrong(text, e);
        }
    }

    private static Duration sum(String text, Matcher parts) {
        BigDecimal seconds = BigDecimal.ZERO;
        boolean any = false;
        boolean fraction = false;
        for (int unit = 0; unit < GROUPS.length; unit++) {
            String number = parts.group(GROUPS[unit]);
            if (number == null) {
                continue;
            }
            if (fraction) {
                // a fraction is allowed only in the smallest unit that is present
                throw wrong(text, null);
            }
            BigDecimal value = new BigDecimal(number.replace(',', '.'));
            fraction = number.matches(".*[.,].*");
            seconds = seconds.add(value.multiply(BigDecimal.valueOf(SECONDS[unit])));
            any = true;
        }
        boolean emptyTime = parts.group(TIME) != null && parts.group(TIME).length() == 1;
        if (!any || emptyTime) {
            throw wrong(text, null);
        }
        // Java keeps no digits below a nanosecond
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Duration.ofSeconds(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(9).longValue());
    }

    private static DateTimeParseException wrong(String text, Exception cause) {
        return new DateTimeParseException(
                "It is not an ISO-8601 duration of weeks, days, hours, minutes and seconds", text, 0, cause);
    }
}
