package dev.errand.web.http;

import dev.errand.api.InvalidValueException;
import dev.errand.json.JsonAnswer;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;
import tools.jackson.databind.util.RawValue;

/**
 * Reads JSON by a strict mapper of our own, and writes it as the engine writes all answers. The servers' JSON providers
 * differ, and the form of our answers must not.
 */
public final class Json {
    /** The deepest nesting of a request, which no real request reaches. */
    private static final int MAX_DEPTH_IN = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH_IN)
                            .maxStringLength(Body.MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            // this mapper also reads values in the middle of a body, where more follows; parseObject checks the end
            // itself
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // 0.1 stays 0.1, and 1e400 does not become infinite
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads one JSON object.
     *
     * @param raw the field whose value stays a text ({@link #rawText}), because a tree of it may need a hundred times
     *     its size; or null
     * @throws InvalidValueException if this is not one JSON object; it names the place of the error
     */
    public static ObjectNode parseObject(byte[] text, String raw) {
        return parse(text, parser -> fields(parser, raw));
    }

    /**
     * Reads one JSON object that has nothing but a list of objects.
     *
     * @param list the name of the list
     * @param most the largest number of objects
     * @param raw as for {@link #parseObject(byte[], String)}, for each object of the list
     * @throws InvalidValueException if this is not such an object; it names the place of the error
     */
    public static List<ObjectNode> parseObjects(byte[] text, String list, int most, String raw) {
        return parse(text, parser -> {
            if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
                throw new InvalidValueException(list, list + " is missing: a list of objects.");
            }
            String name = parser.currentName();
            if (!name.equals(list)) {
                throw new InvalidValueException(name, "There is no field \"" + name + "\". Allowed: [" + list + "].");
            }
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new InvalidValueException(list, list + " is not a list of objects.");
            }
            List<ObjectNode> objects = objects(parser, list, most, raw);
            if (parser.nextToken() != JsonToken.END_OBJECT) {
                throw new InvalidValueException(
                        parser.currentName(),
                        "There is no field \"" + parser.currentName() + "\". Allowed: [" + list + "].");
            }
            return objects;
        });
    }

    private static List<ObjectNode> objects(JsonParser parser, String list, int most, String raw) {
        List<ObjectNode> objects = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (objects.size() == most) {
                throw new InvalidValueException(
                        list, list + " has more than " + most + " objects. Send several lists.");
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                InvalidValueException wrong = new InvalidValueException(null, "This is not an object, {\"…\": …}.");
                wrong.index(objects.size());
                throw wrong;
            }
            objects.add(fields(parser, raw));
        }
        return objects;
    }

    private static <T> T parse(byte[] text, Function<JsonParser, T> reader) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException(null, "The body is not a JSON object, {\"…\": …}.");
            }
            T read = reader.apply(parser);
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation(), "something follows the end of the object");
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw new InvalidValueException(
                    null,
                    "The JSON is nested more than " + MAX_DEPTH_IN
                            + " deep, or has a number or name that is too long.");
        } catch (NumberFormatException e) {
            // from an exponent that no number of Java can have, and that the library accepts
            throw new InvalidValueException(null, "A number in the JSON has an exponent that is too large.");
        } catch (JacksonException e) {
            throw malformed(e.getLocation(), SyntaxError.of(e));
        }
    }

    /** Reads one JSON object completely into a tree. */
    public static ObjectNode parseObject(byte[] text) {
        return parseObject(text, null);
    }

    private static ObjectNode fields(JsonParser parser, String raw) {
        ObjectNode object = object();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
            object.set(name, name.equals(raw) && !isNull ? raw(compact(parser)) : MAPPER.readTree(parser));
        }
        return object;
    }

    /** Returns the current value of the parser without blanks, with its numbers unchanged. */
    private static String compact(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }

    private static InvalidValueException malformed(TokenStreamLocation place, String reason) {
        return new InvalidValueException(
                null,
                "The body is not well-formed JSON: line " + place.getLineNr() + ", column " + place.getColumnNr() + ": "
                        + reason + ".");
    }

    /** Returns the JSON text of a field that was left a text; null if there is none. */
    public static String rawText(JsonNode node) {
        return node instanceof POJONode raw ? (String) ((RawValue) raw.getPojo()).rawValue() : null;
    }

    /** Converts a plain value (String, Number, Boolean, List, Map, null) into a node. */
    public static JsonNode ofPlain(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Creates a node of JSON text.
     *
     * @param text valid JSON, which is written as it is
     */
    public static JsonNode raw(String text) {
        return MAPPER.getNodeFactory().rawValueNode(new RawValue(text));
    }

    /** Writes a record, a list or a tree as an answer. */
    public static byte[] write(Object answer) {
        return JsonAnswer.compact(answer).getBytes(StandardCharsets.UTF_8);
    }
}
