package dev.errand.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Serializer that writes a shown text as the JSON that it is, its numbers character by character, and the beginning of a
 * cut text as a string. It adds blanks only where the whole answer has them.
 */
final class ShownText extends ValueSerializer<Shown> {
    @Override
    public void serialize(Shown value, JsonGenerator to, SerializationContext context) {
        if (value.cut()) {
            to.writeString(value.text());
        } else if (context.hasPrettyPrinter()) {
            copy(value.text(), to);
        } else {
            to.writeRawValue(value.text());
        }
    }

    private static void copy(String text, JsonGenerator to) {
        try (JsonParser parser = Json.parser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    // as a text: a number of Java may have other digits, or no such exponent
                    to.writeNumber(parser.getString());
                } else {
                    to.copyCurrentEvent(parser);
                }
            }
        }
    }
}
