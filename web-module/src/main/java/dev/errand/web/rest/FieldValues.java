package dev.errand.web.rest;

import dev.errand.api.Durations;
import dev.errand.api.InvalidValueException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the values of fields. The refusal of a value names the allowed ones. */
final class FieldValues {
    /**
     * The largest number of seconds that is read: beyond every limit, and small enough to be counted in nanoseconds.
     */
    private static final BigDecimal MOST_SECONDS = new BigDecimal("1e12");

    private static final BigDecimal NANOSECOND = new BigDecimal("1e-9");
    private static final int MOST_CHARACTERS = 100;

    private FieldValues() {}

    interface Reader<V> {
        V read(String field, JsonNode value);
    }

    static String text(String field, JsonNode value) {
        if (!value.isString()) {
            throw wrong(field, value, "a string");
        }
        return value.stringValue();
    }

    static String[] texts(String field, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(field, value, "a list of strings");
        }
        return value.valueStream().map(item -> text(field, item)).toArray(String[]::new);
    }

    static Integer integer(String field, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, value, "a whole number");
        }
        return value.intValue();
    }

    /** Reads a whole number of any size that fits 64 bits. */
    static Long whole(String field, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, value, "a whole number");
        }
        return value.longValue();
    }

    /** Reads a list of strings. */
    static List<String> names(String field, JsonNode value) {
        if (!value.isArray()) {
            throw wrong(field, value, "a list of names");
        }
        List<String> names = new ArrayList<>();
        value.forEach(name -> names.add(text(field, name)));
        return names;
    }

    /** @throws InvalidValueException if the object has another field than these */
    static void allow(ObjectNode body, List<String> fields) {
        for (String field : body.propertyNames()) {
            if (!fields.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: " + fields + ".");
            }
        }
    }

    /** Reads a duration: ISO-8601, or seconds as a number or as digits in a string. */
    static Duration duration(String field, JsonNode value) {
        if (value.isNumber()) {
            return seconds(field, value, value.decimalValue());
        }
        String text = value.isString() ? value.stringValue().strip() : "";
        if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
            throw wrongDuration(field, value);
        }
        try {
            return text.matches("[-+]?[\\d.].*") ? seconds(field, value, new BigDecimal(text)) : Durations.parse(text);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw wrongDuration(field, value);
        }
    }

    private static Duration seconds(String field, JsonNode value, BigDecimal seconds) {
        // compared first: to write out 1e999999999 would fill the memory
        if (seconds.abs().compareTo(MOST_SECONDS) > 0) {
            throw wrongDuration(field, value);
        }
        if (seconds.abs().compareTo(NANOSECOND) < 0) {
            return Duration.ZERO;
        }
        BigDecimal nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9);
        return Duration.ofSeconds(seconds.longValue(), nanos.longValue());
    }

    /** Reads an instant in ISO-8601 with an offset. Without an offset, it would mean another moment on each server. */
    static Instant instant(String field, JsonNode value) {
        String text = value.isString() ? value.stringValue().strip() : "";
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            return time.toInstant();
        } catch (DateTimeException e) {
            // the exception below covers this case
        }
        throw wrong(field, value, "an instant in ISO-8601 with its offset, \"2030-01-31T12:00:00Z\"");
    }

    /**
     * The end of a task's worth.
     *
     * @param at an instant, or null
     * @param in a duration from the sending, or null
     */
    record Expiry(Instant at, Duration in) {}

    /** Reads an instant or a duration. */
    static Expiry expiry(String field, JsonNode value) {
        String text = value.isString() ? value.stringValue().strip() : "";
        if (value.isNumber() || text.matches("[-+]?(P.*|[\\d.]+)")) {
            return new Expiry(null, duration(field, value));
        }
        try {
            return new Expiry(instant(field, value), null);
        } catch (InvalidValueException e) {
            throw wrong(
                    field,
                    value,
                    "an instant in ISO-8601 with its offset (\"2030-01-31T12:00:00Z\") or a duration (\"PT1H\", or seconds)");
        }
    }

    /** Reads one of some words, in any case. */
    static <E extends Enum<E>> E word(String field, JsonNode value, Class<E> words) {
        String text = value.isString() ? value.stringValue().strip() : "";
        for (E word : words.getEnumConstants()) {
            if (word.name().equalsIgnoreCase(text)) {
                return word;
            }
        }
        throw wrong(field, value, "one of " + List.of(words.getEnumConstants()));
    }

    /** Reads the name of a zone. */
    static ZoneId zone(String field, JsonNode value) {
        try {
            return ZoneId.of(value.isString() ? value.stringValue().strip() : "");
        } catch (DateTimeException e) {
            throw wrong(field, value, "the name of a zone, such as \"Europe/Berlin\"");
        }
    }

    private static InvalidValueException wrongDuration(String field, JsonNode value) {
        return wrong(field, value, "a duration: ISO-8601 (\"PT5M\") or a number of seconds");
    }

    private static InvalidValueException wrong(String field, JsonNode value, String wanted) {
        String text = value.isContainer() ? (value.isArray() ? "a list" : "an object") : value.toString();
        String shown = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
        return new InvalidValueException(field, field + " is " + shown + ", but must be " + wanted + ".");
    }
}
