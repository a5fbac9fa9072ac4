package dev.errand.handler;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of starts per unit of time. Immutable.
 *
 * @param text as users write it, such as "100/m"
 * @param intervalNanos the time between two starts, rounded up, so that no unit has more starts than the number
 */
public record Rate(String text, long intervalNanos) {
    /** The description of a rate, for the message about a wrong one. */
    public static final String ALLOWED = "a number from 1 to 1000000 per s, m, h or d, such as \"100/m\"";

    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,6})/([smhd])");
    private static final int MOST = 1_000_000;
    private static final Map<String, TimeUnit> UNITS =
            Map.of("s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS, "d", TimeUnit.DAYS);

    /** The part of a second whose starts may follow at once if no burst is given. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long MOST_BURST_NANOS = TimeUnit.DAYS.toNanos(365);

    /** @throws IllegalArgumentException if the text is not a rate */
    public static Rate of(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > MOST) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + ALLOWED);
        }
        int number = Integer.parseInt(parts.group(1));
        long unit = UNITS.get(parts.group(2)).toNanos(1);
        return new Rate(text.strip(), (unit + number - 1) / number);
    }

    /**
     * Returns the number of starts that may follow at once: those of a year at most.
     *
     * @param wanted the number that the code asks for; 0 for the default
     */
    public int burst(int wanted) {
        long most = Math.max(1, MOST_BURST_NANOS / intervalNanos);
        return (int) Math.min(most, wanted > 0 ? wanted : Math.max(1, BURST_NANOS / intervalNanos));
    }
}
