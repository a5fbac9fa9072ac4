package dev.errand.web.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON in and out, by a mapper of our own: the servers' JSON providers differ, and the form of our answers must not.
 * Names are put in by hand and not by annotations: those, WildFly takes from its own Jackson unless it is told not to.
 */
public final class Json {
    /** Deeper than anybody means. */
    private static final int MAX_DEPTH_IN = 500;
    /** An argument that just came in is put some levels down in an answer, and must not break it. */
    private static final int MAX_DEPTH_OUT = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH_IN)
                            .maxStringLength(Body.MAX_BYTES)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH_OUT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // 0.1 stays 0.1, and 1e400 does not become infinite
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** A class of such characters matches none that is part of a pair. */
    private static final Pattern HALF = Pattern.compile("[\\ud800-\\udfff]");

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws BadInputException if this is not one JSON object, saying where it goes wrong */
    public static ObjectNode parseObject(byte[] text) {
        if (parse(text) instanceof ObjectNode object) {
            return object;
        }
        throw new BadInputException(null, "The body is not a JSON object, {\"…\": …}.");
    }

    private static JsonNode parse(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new BadInputException(
                    null,
                    "The JSON is nested more than " + MAX_DEPTH_IN
                            + " deep, or has a number or name that is too long.");
        } catch (NumberFormatException e) {
            // of an exponent that no number of Java has; the library lets it through
            throw new BadInputException(null, "A number in the JSON has an exponent that is too large.");
        } catch (JacksonException e) {
            throw new BadInputException(
                    null,
                    "The body is not well-formed JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + reason(e));
        }
    }

    /** In Jackson's words, but for those that name its classes and features, or quote a value, which may be a secret. */
    private static String reason(JacksonException e) {
        return e instanceof DatabindException
                ? "Something follows the end of the object."
                : e.getOriginalMessage()
                                .replaceFirst(": enable `.*", "")
                                .replaceFirst("(?s)^(Unrecognized token) '.*'(: was expecting)", "$1$2")
                        + ".";
    }

    /** A plain value (String, Number, Boolean, List, Map, null) as a node. */
    public static JsonNode ofPlain(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A node as a plain value: String, Number, Boolean, List, Map or null. */
    public static Object toPlain(JsonNode node) {
        return node == null || node.isNull() ? null : MAPPER.treeToValue(node, Object.class);
    }

    /** UTF-8 has nothing for half a surrogate pair, which somebody's argument may have: it becomes an escape. */
    public static byte[] write(JsonNode node) {
        String json = HALF.matcher(MAPPER.writeValueAsString(node))
                .replaceAll(half -> Matcher.quoteReplacement(
                        "\\u%04x".formatted((int) half.group().charAt(0))));
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
