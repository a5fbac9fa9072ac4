package dev.errand.json;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The form of instants for people: ISO-8601 in UTC, always with three digits for the fraction of a second. */
public final class Instants {
    private static final DateTimeFormatter TEXT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Instants() {}

    /** @return "null" for null */
    public static String text(Instant instant) {
        return instant == null ? "null" : TEXT.format(instant);
    }
}
