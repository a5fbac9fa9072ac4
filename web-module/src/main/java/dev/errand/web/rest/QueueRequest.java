package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.QueueSettings;
import dev.errand.web.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code PUT /queues/{name}}, read strictly: a field that is left out stays, and null removes the setting. */
final class QueueRequest {
    private static final List<String> FIELDS = List.of("concurrency", "reserved", "maxPending", "timeLimit");

    private QueueRequest() {}

    /**
     * Reads the body.
     *
     * @param before the settings so far
     * @throws InvalidValueException naming the field at fault
     */
    static QueueSettings of(QueueSettings before, byte[] text) {
        ObjectNode body = Json.parseObject(text);
        FieldValues.allow(body, FIELDS);
        return new QueueSettings(
                read(body, "concurrency", FieldValues::integer, before.concurrency()),
                read(body, "reserved", FieldValues::integer, before.reserved()),
                read(body, "maxPending", FieldValues::whole, before.maxPending()),
                read(body, "timeLimit", FieldValues::duration, before.timeLimit()));
    }

    static <V> V read(ObjectNode body, String field, FieldValues.Reader<V> reader, V before) {
        JsonNode value = body.get(field);
        if (value == null) {
            return before;
        }
        return value.isNull() ? null : reader.read(field, value);
    }
}
