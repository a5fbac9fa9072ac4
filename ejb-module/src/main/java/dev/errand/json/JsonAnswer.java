package dev.errand.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Answers to users as JSON: the fields of a record in the order of its components, instants in the form of
 * {@link Instants}, a {@link Shown} text as it is. Thread-safe.
 */
public final class JsonAnswer {
    /**
     * The deepest nesting of an answer. An argument that was just accepted is some levels deeper in an answer, and must
     * not break it.
     */
    private static final int MAX_DEPTH = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantText())
                    .addSerializer(Shown.class, new ShownText()))
            .build();

    private static final ObjectWriter PRETTY = MAPPER.rebuild()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build()
            .writerWithDefaultPrettyPrinter();

    private JsonAnswer() {}

    /** Writes an answer for programs: on one line, with each field, null or not. */
    public static String compact(Object answer) {
        return Json.encodable(MAPPER.writeValueAsString(answer));
    }

    /** Writes an answer for people: one field per line, without nulls. */
    public static String pretty(Object answer) {
        return PRETTY.writeValueAsString(answer);
    }
}
