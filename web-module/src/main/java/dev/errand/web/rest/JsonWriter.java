package dev.errand.web.rest;

import dev.errand.web.http.Json;
import dev.errand.web.http.Problem;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Writes answers by our own mapper instead of the server's. There is a writer per kind of answer, because JAX-RS prefers the
 * writer of the nearest type: Payara has one for all objects, whose JSON has other fields.
 */
final class JsonWriter {
    private JsonWriter() {}

    /** Writes records. */
    @Provider
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfRecords implements MessageBodyWriter<Record> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return Record.class.isAssignableFrom(type);
        }

        @Override
        public void writeTo(
                Record answer,
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

    /** Writes lists of records. */
    @Provider
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfLists implements MessageBodyWriter<List<?>> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return List.class.isAssignableFrom(type);
        }

        @Override
        public void writeTo(
                List<?> answer,
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

    /** Writes trees. */
    @Provider
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public static class OfTrees implements MessageBodyWriter<JsonNode> {
        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
            return JsonNode.class.isAssignableFrom(type);
        }

        @Override
        public void writeTo(
                JsonNode answer,
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
}
