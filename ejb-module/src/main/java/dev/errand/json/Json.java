package dev.errand.json;

import dev.errand.url.UserInfo;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conversion between Java values and JSON text. A missing text (null) stands for JSON's null, as in the table. Thread-safe.
 *
 * <p>Reading ignores fields that the type does not have. The sender may be a newer version than the handler, and JSON that
 * Java wrote (with a record's derived getter, for example) must be readable.
 */
public final class Json {
    /**
     * Limits that admit each argument that may be sent: the largest errand.argument.max-bytes is 64 MiB, and may be one
     * string.
     */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(64 * 1024 * 1024)
            .maxNumberLength(10_000)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            // otherwise a Thread or a stream would be written as {}, and its task would run without data
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // an amount of money in a Map must not lose digits
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // a time must not lose its zone
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .build();

    static final String MASKED = "***";

    /** Half of a surrogate pair. A class of such characters does not match a character that is part of a pair. */
    private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

    private Json() {}

    /** @throws NotJsonException if the value cannot be written */
    public static String write(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Record && value.getClass().getRecordComponents().length == 0) {
            return "{}";
        }
        if (value instanceof Thread
                || value instanceof ClassLoader
                || value.getClass().isHidden()) {
            throw new NotJsonException("it is code or part of the running system, not data", null);
        }
        try {
            String text = encodable(MAPPER.writeValueAsString(value));
            return "null".equals(text) ? null : text;
        } catch (JacksonException e) {
            throw new NotJsonException(Misfit.of(e), e);
        } catch (StackOverflowError e) {
            throw new NotJsonException("it refers to itself, or is too deep", e);
        }
    }

    /**
     * Returns a text that is already JSON in the form of {@link #write}. It is read token by token, so that no tree of it
     * takes memory.
     *
     * @throws NotJsonException if it is not one JSON value
     */
    public static String checked(String json) {
        try (JsonParser parser = parser(json)) {
            JsonToken first = parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            if (first == null || parser.nextToken() != null) {
                throw new NotJsonException("it is not one JSON value", null);
            }
            return first == JsonToken.VALUE_NULL ? null : encodable(json);
        } catch (JacksonException e) {
            throw new NotJsonException(Misfit.of(e), e);
        }
    }

    /**
     * Escapes halves of surrogate pairs. UTF-8 cannot encode them, so a database would keep a text other than the one sent.
     */
    static String encodable(String json) {
        if (json.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return json;
        }
        return HALF.matcher(json)
                .replaceAll(half -> Matcher.quoteReplacement(
                        "\\u%04x".formatted((int) half.group().charAt(0))));
    }

    /** Returns whether a text, which may be null, has more than {@code maxBytes} bytes as UTF-8. */
    public static boolean longer(String text, int maxBytes) {
        // a character has at most three bytes: a short text needs no count
        return text != null && text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    /** @throws NotJsonException if the text does not fit the type */
    public static Object read(String text, Type type) {
        if (type == Void.class) {
            return null;
        }
        try {
            return MAPPER.readValue(text == null ? "null" : text, MAPPER.constructType(type));
        } catch (JacksonException e) {
            throw new NotJsonException(Misfit.of(e) + " (at " + path(e) + ")", e);
        } catch (NumberFormatException e) {
            // for an exponent that no number of Java has; the library does not catch it
            throw new NotJsonException("a number has an exponent that is too large", e);
        }
    }

    private static String path(JacksonException e) {
        String path = e.getPathReference();
        return path == null || path.isEmpty() ? "the top" : path;
    }

    /**
     * Returns strings, numbers, booleans, lists and maps. The values of the fields to mask read "***", and so does the user
     * information of an address.
     */
    public static Object plain(String text, Set<String> mask) {
        return plain(Shown.of(text, mask, Integer.MAX_VALUE).text());
    }

    /** Returns strings, numbers, booleans, lists and maps. */
    public static Object plain(String text) {
        return MAPPER.readValue(text, Object.class);
    }

    /**
     * Returns the value at a JSON pointer as text: a string without its quotes, any other value as JSON. Empty if there is no
     * value, or if it is null.
     *
     * @param text a JSON value, or null
     */
    public static String at(String text, String pointer) {
        if (text == null) {
            return "";
        }
        JsonNode found;
        try {
            found = MAPPER.readTree(text).at(pointer);
        } catch (NumberFormatException e) {
            // as in read: a number that no Java type has
            return "";
        }
        if (found.isMissingNode() || found.isNull()) {
            return "";
        }
        return found.isString() ? found.stringValue() : found.toString();
    }

    static JsonParser parser(String text) {
        return MAPPER.createParser(text);
    }

    static boolean isMasked(String name, Set<String> mask) {
        return mask.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Passes on the strings and numbers that {@link Shown} masks, and the secrets of the addresses. */
    static void maskedValues(String text, Set<String> mask, Consumer<String> to) {
        maskedValues(MAPPER.readTree(text), mask, false, to);
    }

    private static void maskedValues(JsonNode node, Set<String> mask, boolean masked, Consumer<String> to) {
        if (node.isValueNode()) {
            if (masked && (node.isString() || node.isNumber())) {
                to.accept(node.asString());
            } else if (node.isString()) {
                UserInfo.secrets(node.stringValue(), to);
            }
        } else if (node instanceof ObjectNode object) {
            object.forEachEntry((name, value) -> maskedValues(value, mask, masked || isMasked(name, mask), to));
        } else {
            node.forEach(item -> maskedValues(item, mask, masked, to));
        }
    }
}
