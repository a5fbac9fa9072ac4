package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,}|line 1, column",
                "{\"a\":1,\"a\":2}|column 11: a name comes twice",
                "{\"a\":1} {}|line 1, column",
                "{\"a\":NaN}|neither true, false nor null",
                "{\"a\"|line 1, column",
                "[1]|not a JSON object",
                "''|not a JSON object",
            })
    void badJsonIsRefusedWithThePlace(String text, String said) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("Feature");
    }

    /** In words of our own: a library's name its classes, and quote what may be a secret. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1}|a name in double quotes is expected, not the character \"'\"",
                "{\"a\" 1}|a comma or a colon is missing before the character \"1\"",
                "{\"a\":1 \"b\":2}|a comma or a colon is missing before the character \"\"\"",
                "{\"a\":}|the character \"}\" is unexpected here",
                "{\"a\":[1}|a closing bracket does not fit the opening one",
                "{\"a\":hunter2}|a word is neither true, false nor null",
                "{\"a\":\"\\x\"}|a backslash is followed by a character that cannot be escaped",
                "{\"a\":\"\\u12g4\"}|\\u is not followed by four hexadecimal digits",
                "{\"a\":01}|a number is malformed",
                "{\"a\":1.}|a number is malformed",
                "{\"a\":-}|a number is malformed",
                "{\"a\":+1}|a number is malformed",
                "{\"a\":\"x|the text ends in the middle of a value",
                "{\"a\":tr|neither true, false nor null",
            })
    void aFaultIsSaidInPlainWords(String text, String said) {
        refused(text.getBytes(StandardCharsets.UTF_8), said);
    }

    @Test
    void aFaultOfBytesIsSaidInPlainWords() {
        refused("{\"a\":\"\u001f\"}".getBytes(StandardCharsets.UTF_8), "a control character (U+001F) must be escaped");
        refused("\u001f".getBytes(StandardCharsets.UTF_8), "an unexpected character");
        refused("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), "the text is not UTF-8");
        refused(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "an unexpected character");
    }

    private static void refused(byte[] text, String said) {
        assertThatThrownBy(() -> Json.parseObject(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("line 1, column")
                .hasMessageContaining(said)
                .hasMessageNotContainingAny("CTRL-CHAR", "code ", "token", "Json", "enable", "hunter2", "jackson");
    }

    @Test
    void theLineIsCounted() {
        assertThatThrownBy(() -> parse("{\n\"a\": x}")).hasMessageContaining("line 2, column 6");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> parse("{\"a\":" + deep + "}")).hasMessageContaining("500 deep");
    }

    @Test
    void aDocumentThatWasReadCanBeWrittenSomeLevelsDown() {
        JsonNode deepest = parse("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}");

        JsonNode list = Json.ofPlain(List.of(Map.of("argument", deepest)));

        assertThat(Json.write(list)).hasSizeGreaterThan(998);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1.50", "12345678901234567890.123456789", "123456789012345678901234567890", "true"})
    void valuesStayUnchanged(String value) {
        byte[] text = ("{\"a\":" + value + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(parse("{\"a\":" + value + "}").get("a")).hasToString(value);
        assertThat(Json.rawText(Json.parseObject(text, "a").get("a"))).isEqualTo(value);
    }

    @Test
    void plainValuesKeepTheirOrderAndNulls() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put("a", Arrays.asList(1, null, "é"));

        assertThat(new String(Json.write(Json.ofPlain(map)), StandardCharsets.UTF_8))
                .isEqualTo("{\"z\":null,\"a\":[1,null,\"é\"]}");
    }

    @Test
    void halfASurrogatePairStaysUnchanged() {
        assertThat(new String(Json.write(Json.ofPlain("a\ud800")), StandardCharsets.UTF_8))
                .isEqualTo("\"a\\ud800\"");
        assertThat(new String(Json.write(Json.ofPlain("\ud83d\ude00")), StandardCharsets.UTF_8))
                .isEqualTo("\"\ud83d\ude00\"");
    }

    @Test
    void aBodyIsReadUpToItsLimit() {
        assertThat(Body.read(new ByteArrayInputStream(new byte[10]), 10)).hasSize(10);
        assertThatThrownBy(() -> Body.read(new ByteArrayInputStream(new byte[11]), 10))
                .isInstanceOf(BodyTooLargeException.class);
    }

    @Test
    void aServersOwnLimitIsALimit() {
        InputStream limited = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("UT000020: Connection terminated as request was larger than …");
            }
        };

        assertThatThrownBy(() -> Body.read(limited, 10))
                .isInstanceOf(BodyTooLargeException.class)
                .hasMessageNotContaining("UT000020");
    }

    @ParameterizedTest
    @CsvSource({"a/b,a%2Fb", "a%b,a%25b", "a?b#c;d,a%3Fb%23c%3Bd", "A-z_0.9,A-z_0.9", "a b+c~,a%20b%2Bc%7E", "é,%C3%A9"
    })
    void aPathSegmentHoldsAnything(String text, String encoded) {
        assertThat(PathSegment.encode(text)).isEqualTo(encoded);
    }

    private static JsonNode parse(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aListOfObjectsIsReadWithTheTextOfTheirArguments() {
        List<ObjectNode> objects = objects("{\"tasks\": [{\"task\":\"a\",\"argument\":[1.10, 2]}, {\"task\":\"b\"}]}");

        assertThat(objects).extracting(object -> object.path("task").asString()).containsExactly("a", "b");
        assertThat(Json.rawText(objects.get(0).get("argument"))).isEqualTo("[1.10,2]");
        assertThat(objects("{\"tasks\":[]}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing",
                "[]|not a JSON object",
                "{\"task\":[]}|no field \"task\"",
                "{\"tasks\":{}}|not a list",
                "{\"tasks\":[],\"more\":1}|no field \"more\"",
                "{\"tasks\":[{},7]}|tasks[1]",
                "{\"tasks\":[{},{},{},{}]}|more than 3",
                "{\"tasks\":[{}|well-formed",
                "{\"tasks\":[{\"task\":\"a\",\"task\":\"b\"}]}|well-formed",
                "{\"tasks\":[]} x|well-formed"
            })
    void anythingElseIsRefused(String text, String says) {
        assertThatThrownBy(() -> objects(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(says);
    }

    private static List<ObjectNode> objects(String text) {
        return Json.parseObjects(text.getBytes(StandardCharsets.UTF_8), "tasks", 3, "argument");
    }
}
