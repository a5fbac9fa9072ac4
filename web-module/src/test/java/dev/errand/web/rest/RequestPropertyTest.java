package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.InvalidValueException;
import dev.errand.fuzz.OddTexts;
import dev.errand.web.http.Json;
import dev.errand.web.http.PathSegment;
import dev.errand.web.http.Problem;
import dev.errand.web.http.Problems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.node.ObjectNode;

/** Whatever comes in is read as what it says, or is a 400 that names the fault. */
class RequestPropertyTest {
    private static final String[] FIELDS = {
        "task", "argument", "id", "countdown", "eta", "expires", "priority", "queue", "maxRetries", "uniqueKey"
    };

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aFieldIsReadAsItIsOrRefusedByName(@ForAll("fields") String field, @ForAll("values") Object value) {
        ObjectNode body = Json.object().put("task", "a.b");
        body.set(field, Json.ofPlain(value));
        try {
            TaskBody request = TaskBody.of(Json.write(body));

            assertThat(request.task()).isNotNull();
            assertThat(field).isIn((Object[]) FIELDS);
        } catch (InvalidValueException e) {
            refused(e);
            assertThat(e.field()).isIn(field, null);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anArgumentIsShownAsItWasSent(@ForAll("values") Object value) {
        ObjectNode sent = Json.object();
        sent.set("argument", Json.ofPlain(value));
        ObjectNode read;
        try {
            read = Json.parseObject(Json.write(sent));
        } catch (InvalidValueException e) {
            // the JSON library takes half a surrogate pair in a value, but not in a name
            refused(e);
            return;
        }
        ObjectNode shown = Json.object();
        String kept =
                Json.rawText(Json.parseObject(Json.write(sent), "argument").get("argument"));
        shown.set("argument", Json.raw(kept == null ? "null" : kept));
        assertThat(Json.parseObject(Json.write(shown))).isEqualTo(read);
    }

    @Property
    void anyQueryIsAFilterOrRefusedByItsParameter(@ForAll("parameters") String name, @ForAll("texts") String value) {
        try {
            ListQuery.of(Map.of(name, List.of(value)));
        } catch (InvalidValueException e) {
            refused(e);
            assertThat(e.field()).isEqualTo(name);
        }
    }

    @Property
    void anyIdIsOneSegmentOfAPath(@ForAll("ids") String id) {
        String segment = PathSegment.encode(id);

        assertThat(segment).matches("[A-Za-z0-9._*%-]+");
        assertThat(URI.create("http://a.test/" + segment).getPath()).isEqualTo("/" + id);
    }

    @Example
    void depthSizeAndExponentsAreLimitedAndNoError() {
        for (String argument : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "[".repeat(100_000) + "]".repeat(100_000),
                "1e2147483648",
                "-1e-2147483649",
                "1e99999999999999999999",
                "9".repeat(100_000),
                "NaN",
                "-Infinity",
                "\"" + "\\u0000".repeat(100_000) + "\"",
                "{\"" + "k".repeat(100_000) + "\":1}")) {
            byte[] body = ("{\"task\":\"a\",\"argument\":" + argument + "}").getBytes(StandardCharsets.UTF_8);
            try {
                TaskBody.of(body);
            } catch (InvalidValueException e) {
                refused(e);
            }
        }
    }

    private static void refused(InvalidValueException fault) {
        Problem problem = Problems.of(fault);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).isNotBlank().doesNotContain("Exception").doesNotContain("dev.errand");
        assertThat(Json.write(problem.toJson())).hasSizeLessThan(20_000);
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.oneOf(
                Arbitraries.of(FIELDS),
                OddTexts.any().filter(name -> !Arrays.asList(FIELDS).contains(name)));
    }

    @Provide
    Arbitrary<String> parameters() {
        return Arbitraries.oneOf(Arbitraries.of("state", "task", "queue", "limit", "cursor"), OddTexts.any());
    }

    @Provide
    Arbitrary<Object> values() {
        return OddTexts.values();
    }

    @Provide
    Arbitrary<String> texts() {
        return OddTexts.any();
    }

    @Provide
    Arbitrary<String> ids() {
        return OddTexts.visible(255);
    }
}
