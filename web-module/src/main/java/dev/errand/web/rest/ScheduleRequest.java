package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.Schedule;
import dev.errand.api.TaskValue;
import dev.errand.web.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code PUT /schedules/{name}}, read strictly. */
final class ScheduleRequest {
    private static final List<String> FIELDS = List.of(
            "name",
            "task",
            "cron",
            "every",
            "zone",
            "argument",
            "queue",
            "priority",
            "misfire",
            "overlap",
            "from",
            "until",
            "jitter");

    private ScheduleRequest() {}

    /**
     * Reads the body.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static Schedule of(String name, byte[] text) {
        ObjectNode body = Json.parseObject(text, "argument");
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: " + FIELDS + ".");
            }
        }
        String named = read(body, "name", FieldValues::text);
        if (named != null && !named.equals(name)) {
            throw new InvalidValueException(
                    "name",
                    "name is \"" + named + "\", but the address is that of \"" + name + "\". Leave it out, or make them"
                            + " equal.");
        }
        String argument = Json.rawText(body.get("argument"));
        return new Schedule(
                name,
                read(body, "task", FieldValues::text),
                argument == null ? null : TaskValue.ofJson(argument),
                read(body, "cron", FieldValues::text),
                read(body, "every", FieldValues::duration),
                read(body, "zone", FieldValues::zone),
                read(body, "queue", FieldValues::text),
                read(body, "priority", FieldValues::integer),
                read(body, "misfire", (field, value) -> FieldValues.word(field, value, Misfire.class)),
                read(body, "overlap", (field, value) -> FieldValues.word(field, value, Overlap.class)),
                read(body, "from", FieldValues::instant),
                read(body, "until", FieldValues::instant),
                read(body, "jitter", FieldValues::duration));
    }

    /** Reads a field. JSON's null means "not given". */
    private static <V> V read(ObjectNode body, String field, FieldValues.Reader<V> reader) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : reader.read(field, value);
    }
}
