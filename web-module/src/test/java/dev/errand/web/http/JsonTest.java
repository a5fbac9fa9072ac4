package dev.errand.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class JsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,}|line 1, column",
                "{\"a\":1,\"a\":2}|Duplicate",
                "{\"a\":1} {}|line 1, column",
                "{\"a\":NaN}|NaN",
                "{\"a\"|line 1, column",
                "[1]|not a JSON object",
                "''|not a JSON object",
            })
    void badJsonIsRefusedWithThePlace(String text, String said) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("Feature");
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
    void whatWasReadCanBeWrittenSomeLevelsDown() {
        JsonNode deepest = parse("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}");

        JsonNode list = Json.ofPlain(List.of(Map.of("argument", Json.toPlain(deepest))));

        assertThat(Json.write(list)).hasSizeGreaterThan(998);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "1.50", "12345678901234567890.123456789", "123456789012345678901234567890", "true"})
    void valuesStayWhatTheyAre(String value) {
        Object plain = Json.toPlain(parse("{\"a\":" + value + "}").get("a"));

        assertThat(Json.ofPlain(plain)).hasToString(value);
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
    void halfASurrogatePairStaysWhatItIs() {
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

        assertThatThrownBy(() -> Body.read(limited))
                .isInstanceOf(BodyTooLargeException.class)
                .hasMessageNotContaining("UT000020");
    }

    @ParameterizedTest
    @CsvSource({"a/b,a%2Fb", "a%b,a%25b", "a?b#c;d,a%3Fb%23c%3Bd", "A-z_0.9~,A-z_0.9~", "é,%C3%A9"})
    void aPathSegmentHoldsAnything(String text, String encoded) {
        assertThat(PathSegment.encode(text)).isEqualTo(encoded);
    }

    private static JsonNode parse(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
