package dev.errand.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The members of a JSON object by type. One that is missing or null is null, or an empty list; one of another type fails the test. */
public final class Members {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Members() {}

    static String text(JsonNode json, String name) {
        return object(json, name, JsonNode::stringValue);
    }

    static Integer integer(JsonNode json, String name) {
        return object(json, name, JsonNode::intValue);
    }

    static Boolean truth(JsonNode json, String name) {
        return object(json, name, JsonNode::booleanValue);
    }

    /** Expects the form of docs/reference/rest.md: in UTC, with three digits of a second. */
    static Instant time(JsonNode json, String name) {
        String text = text(json, name);
        if (text == null) {
            return null;
        }
        Instant time = Instant.parse(text);
        assertThat(text).as(name).isEqualTo(TIME.format(time));
        return time;
    }

    static <T> T object(JsonNode json, String name, Function<JsonNode, T> view) {
        JsonNode member = json.path(name);
        return member.isMissingNode() || member.isNull() ? null : view.apply(member);
    }

    static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> view) {
        JsonNode member = json.path(name);
        return member.isMissingNode() || member.isNull() ? List.of() : list(member, view);
    }

    /** Views each element of an array. */
    static <T> List<T> list(JsonNode array, Function<JsonNode, T> view) {
        assertThat(array.isArray()).as(array.toString()).isTrue();
        return StreamSupport.stream(array.spliterator(), false).map(view).toList();
    }
}
