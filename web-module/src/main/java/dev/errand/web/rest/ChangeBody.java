package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskValue;
import dev.errand.web.http.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code PATCH /tasks/{id}}, read strictly. A field that is absent leaves the value as it is. */
final class ChangeBody {
    private static final List<String> FIELDS = List.of("argument", "queue", "priority", "dueAt", "eta", "countdown");

    private ChangeBody() {}

    /**
     * Reads the body.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static TaskChange of(byte[] text) {
        ObjectNode body = Json.parseObject(text, "argument");
        TaskChange change = TaskChange.none();
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(
                        field, "There is no field \"" + field + "\" to change. Allowed: " + FIELDS + ".");
            }
            change = with(change, field, body.get(field));
        }
        if (body.has("dueAt") && body.has("eta")) {
            throw new InvalidValueException("eta", "eta and dueAt are the same time. Leave one of them out.");
        }
        return change;
    }

    private static TaskChange with(TaskChange change, String field, JsonNode value) {
        if (field.equals("argument")) {
            String json = Json.rawText(value);
            return change.argument(json == null ? TaskValue.NONE : TaskValue.ofJson(json));
        }
        if (value.isNull()) {
            throw new InvalidValueException(
                    field, field + " is null. Leave it out, and it stays as it is; give a value, and it changes.");
        }
        return switch (field) {
            case "queue" -> change.queue(FieldValues.text(field, value));
            case "priority" -> change.priority(FieldValues.integer(field, value));
            case "countdown" -> change.countdown(FieldValues.duration(field, value));
            default -> change.dueAt(FieldValues.instant(field, value));
        };
    }
}
