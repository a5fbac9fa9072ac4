package dev.errand.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start page shows JSON as the server wrote it. */
class JsonModuleTest {
    private static PageModule json;

    @BeforeAll
    static void load() {
        json = new PageModule("json.js");
    }

    @AfterAll
    static void close() {
        json.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "1e400",
                "1.10",
                "-0.0",
                "1E+2",
                "\"a \\\" } ] , : \\\\\"",
                "\"\\u00e9\\/\\ud800\"",
                "\"<b>&amp;</b>\"",
                "{\"a\":1,\"a\":2,\"__proto__\":3}",
                "{\"\":[[],{},[{}]]}",
                "null"
            })
    void aValueIsTheTextThatTheServerGave(String value) {
        String task = "{\"id\":\"]}\",\"argument\":" + value + ",\"result\" : " + value + " ,\"next\":[\"{\"]}";

        Value members = json.call("members", task);
        assertThat(members.invokeMember("get", "argument").asString()).isEqualTo(value);
        assertThat(members.invokeMember("get", "result").asString()).isEqualTo(value);
        assertThat(texts(json.call("elements", "[" + value + ", " + value + "]")))
                .containsExactly(value, value);
    }

    @Test
    void indentationChangesNoNameAndNoValue() {
        String text = "{\"b\":[9007199254740993,1e400,1.10],\"b\":{},\"a\":[ ],\"c\":{\"d\":\"{, }\"}}";

        assertThat(json.call("pretty", text).asString()).isEqualTo("""
                {
                  "b": [
                    9007199254740993,
                    1e400,
                    1.10
                  ],
                  "b": {},
                  "a": [],
                  "c": {
                    "d": "{, }"
                  }
                }""");
    }

    @Test
    void aDeepValueIsShownAsWell() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        String pretty = json.call("pretty", deep).asString();
        assertThat(pretty.replaceAll("\\s", "")).isEqualTo(deep);
        assertThat(pretty).as("grows with the depth, not with its square").hasSizeLessThan(1_000_000);
        assertThat(texts(json.call("elements", "[" + deep + "]"))).containsExactly(deep);
    }

    @Test
    void onlyTheMembersNamedStayText() {
        Value task = json.eval(
                "m.object('{\"id\":\"a\",\"argument\":1.10,\"result\":null,\"retries\":2}', ['argument', 'result'])");

        assertThat(task.getMember("id").asString()).isEqualTo("a");
        assertThat(task.getMember("argument").asString()).isEqualTo("1.10");
        assertThat(task.getMember("result").isNull()).isTrue();
        assertThat(task.getMember("retries").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\"}",
                "{\"a\":1,}",
                "[1 2]",
                "01",
                "\"abc",
                "nul",
                "[1]]",
                "{]",
                "[}",
                "[,1]",
                "{\"a\":1]",
                "1 2"
            })
    void aTextThatIsNotJsonIsShownAsItIsAndHasNoMembers(String text) {
        assertThat(json.call("pretty", text).asString()).isEqualTo(text);
        assertThatThrownBy(() -> json.call("members", text)).hasMessageStartingWith("SyntaxError: The JSON ");
    }

    private static Stream<String> texts(Value array) {
        return Stream.iterate(0, i -> i < array.getArraySize(), i -> i + 1)
                .map(i -> array.getArrayElement(i).asString());
    }
}
