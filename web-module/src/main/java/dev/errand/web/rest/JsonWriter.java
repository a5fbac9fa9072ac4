package dev.errand.web.rest;

import dev.errand.web.http.Json;
import dev.errand.web.http.Problem;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Writes answers by our own mapper instead of the server's. There is a writer per kind of answer, because JAX-RS prefers the
 * writer of the nearest type: Payara has one for all objects, whose JSON has other fields.
 * The writers are without {@code @Provider}, as {@link ProblemMapper}.
 *
 * @param <T> the kind of answer
 */
abstract class JsonWriter<T> implements MessageBodyWriter<T> {
    private final Class<?> kind;

    private JsonWriter(Class<?> kind) {
        this.kind = kind;
    }

    /** Writes records. */
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfRecords extends JsonWriter<Record> {
        public OfRecords() {
            super(Record.class);
        }
    }

    /** Writes lists of records. */
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfLists extends JsonWriter<List<?>> {
        public OfLists() {
            super(List.class);
        }
    }

    /** Writes trees. */
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfTrees extends JsonWriter<JsonNode> {
        public OfTrees() {
            super(JsonNode.class);
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return kind.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            T answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        body.write(Json.write(answer));
    }
}
