package dev.errand.web.rest;

import dev.errand.api.Debounce;
import dev.errand.api.InvalidValueException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskValue;
import dev.errand.web.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /tasks}, read strictly: a misspelled "countdown" must not send the task at once.
 *
 * @param argument the JSON text as it was sent; null if absent
 */
record TaskBody(String task, TaskValue argument, TaskOptions options) {

    private static final List<String> FIELDS = List.of(
            "task",
            "argument",
            "id",
            "countdown",
            "eta",
            "expires",
            "priority",
            "queue",
            "maxRetries",
            "uniqueKey",
            "onDuplicate",
            "uniqueFor",
            "debounce",
            "timeLimit",
            "title",
            "tags");

    private static final List<String> DEBOUNCE_FIELDS = List.of("quiet", "max");

    /**
     * Reads the body.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static TaskBody of(byte[] text) {
        return of(Json.parseObject(text, "argument"));
    }

    /**
     * Reads a body that is parsed.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static TaskBody of(ObjectNode body) {
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: " + FIELDS + ".");
            }
        }
        return new TaskBody(task(body), argument(body), options(body));
    }

    private static TaskValue argument(ObjectNode body) {
        String json = Json.rawText(body.get("argument"));
        return json == null ? null : TaskValue.ofJson(json);
    }

    private static String task(ObjectNode body) {
        JsonNode task = present(body, "task");
        if (task == null) {
            throw new InvalidValueException("task", "task is missing: the name of the task to send.");
        }
        return FieldValues.text("task", task);
    }

    private static TaskOptions options(ObjectNode body) {
        String id = read(body, "id", FieldValues::text);
        Duration countdown = read(body, "countdown", FieldValues::duration);
        Instant eta = read(body, "eta", FieldValues::instant);
        FieldValues.Expiry expires = read(body, "expires", FieldValues::expiry);
        Integer priority = read(body, "priority", FieldValues::integer);
        String queue = read(body, "queue", FieldValues::text);
        Integer maxRetries = read(body, "maxRetries", FieldValues::integer);
        String uniqueKey = read(body, "uniqueKey", FieldValues::text);
        OnDuplicate onDuplicate =
                read(body, "onDuplicate", (field, value) -> FieldValues.word(field, value, OnDuplicate.class));
        Duration uniqueFor = read(body, "uniqueFor", FieldValues::duration);
        Debounce debounce = read(body, "debounce", TaskBody::debounce);
        Duration timeLimit = read(body, "timeLimit", FieldValues::duration);
        String title = read(body, "title", FieldValues::text);
        String[] tags = read(body, "tags", FieldValues::texts);

        TaskOptions options = TaskOptions.none();
        options = set(options::id, id, options);
        options = set(options::countdown, countdown, options);
        options = set(options::eta, eta, options);
        if (expires != null) {
            options = set(options::expires, expires.at(), options);
            options = set(options::expiresIn, expires.in(), options);
        }
        options = set(options::priority, priority, options);
        options = set(options::queue, queue, options);
        options = set(options::maxRetries, maxRetries, options);
        options = set(options::uniqueKey, uniqueKey, options);
        options = set(options::onDuplicate, onDuplicate, options);
        options = set(options::uniqueFor, uniqueFor, options);
        options = debounce == null ? options : options.debounce(debounce.quiet(), debounce.max());
        options = set(options::timeLimit, timeLimit, options);
        options = set(options::title, title, options);
        return set(options::tags, tags, options);
    }

    private static Debounce debounce(String name, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            throw new InvalidValueException(name, name + " is not an object, {\"quiet\": …, \"max\": …}.");
        }
        for (String field : object.propertyNames()) {
            if (!DEBOUNCE_FIELDS.contains(field)) {
                throw new InvalidValueException(
                        name + "." + field,
                        "There is no field \"" + field + "\" in " + name + ". Allowed: " + DEBOUNCE_FIELDS + ".");
            }
        }
        return new Debounce(debounce(object, name, "quiet"), debounce(object, name, "max"));
    }

    private static Duration debounce(ObjectNode object, String name, String part) {
        JsonNode value = present(object, part);
        if (value == null) {
            throw new InvalidValueException(name + "." + part, name + "." + part + " is missing: a duration.");
        }
        return FieldValues.duration(name + "." + part, value);
    }

    /**
     * Returns this request with a chosen id.
     *
     * @throws InvalidValueException if the key is no id, or if the body has another id
     */
    TaskBody withId(String header, String key) {
        if (options.id() != null && !options.id().equals(key)) {
            throw new InvalidValueException(
                    header,
                    header + " is the id of the task, but the body has another id. Leave one of them out, or make"
                            + " them equal.");
        }
        try {
            return new TaskBody(task, argument, options.id(key));
        } catch (InvalidValueException e) {
            throw new InvalidValueException(
                    header, header + " is not 1 to 255 visible ASCII characters without blanks.", e);
        }
    }

    private static <V> TaskOptions set(Function<V, TaskOptions> setter, V value, TaskOptions unchanged) {
        return value == null ? unchanged : setter.apply(value);
    }

    private static <V> V read(ObjectNode body, String field, FieldValues.Reader<V> reader) {
        JsonNode value = present(body, field);
        return value == null ? null : reader.read(field, value);
    }

    /** Returns the value of a field. JSON's null means "not given", as in {@link TaskOptions}. */
    private static JsonNode present(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
