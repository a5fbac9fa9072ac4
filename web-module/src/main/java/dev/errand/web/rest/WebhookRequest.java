package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.web.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bodies of the calls under {@code /webhooks}, read strictly. Null means "not given".
 *
 * @param topics the patterns, not checked yet
 */
record WebhookRequest(String url, List<String> topics, String secret, Duration overlap, String reason) {

    static final List<String> ADD = List.of("url", "topics", "secret");
    static final List<String> CHANGE = List.of("url", "topics");
    static final List<String> ROTATE = List.of("secret", "overlap");
    static final List<String> DISABLE = List.of("reason");

    /**
     * Reads a body; no body is an empty object.
     *
     * @param allowed the fields of this call
     * @throws InvalidValueException naming the field at fault
     */
    static WebhookRequest of(byte[] text, List<String> allowed) {
        ObjectNode body = text.length == 0 ? Json.object() : Json.parseObject(text);
        for (String field : body.propertyNames()) {
            if (!allowed.contains(field)) {
                throw new InvalidValueException(
                        field, "There is no field \"" + field + "\". Allowed: " + allowed + ".");
            }
        }
        return new WebhookRequest(
                read(body, "url", FieldValues::text),
                read(body, "topics", WebhookRequest::texts),
                read(body, "secret", WebhookRequest::secret),
                read(body, "overlap", FieldValues::duration),
                read(body, "reason", FieldValues::text));
    }

    /** Reads a secret. A refusal does not show it. */
    private static String secret(String field, JsonNode value) {
        if (!value.isString()) {
            throw new InvalidValueException(field, field + " must be a string.");
        }
        return value.stringValue();
    }

    private static List<String> texts(String field, JsonNode value) {
        if (!value.isArray()) {
            throw new InvalidValueException(field, field + " must be a list of strings, such as [\"dataset/*\"].");
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(FieldValues.text(field, item)));
        return texts;
    }

    private static <V> V read(ObjectNode body, String field, FieldValues.Reader<V> reader) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : reader.read(field, value);
    }
}
