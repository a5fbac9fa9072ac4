package dev.errand.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import dev.errand.web.http.Json;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.graalvm.polyglot.Value;

class JsonModulePropertyTest {
    private static PageModule module;

    @BeforeContainer
    static void load() {
        module = new PageModule("json.js");
    }

    @AfterContainer
    static void close() {
        module.close();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void eachValueOfAnAnswerIsShownUnchanged(@ForAll("values") Object value) {
        String text = new String(Json.write(Json.ofPlain(value)), StandardCharsets.UTF_8);

        Value members = module.call("members", "{\"argument\":" + text + ",\"result\":" + text + "}");
        assertThat(members.invokeMember("get", "argument").asString()).isEqualTo(text);
        assertThat(members.invokeMember("get", "result").asString()).isEqualTo(text);
        String pretty = module.call("pretty", text).asString();
        assertThat(withoutLayout(pretty)).isEqualTo(text);
    }

    /** Without the blanks that stand outside of texts; a text has no line break as itself. */
    private static String withoutLayout(String pretty) {
        StringBuilder rest = new StringBuilder();
        boolean inText = false;
        for (int i = 0; i < pretty.length(); i++) {
            char c = pretty.charAt(i);
            if (inText && c == '\\') {
                rest.append(c).append(pretty.charAt(++i));
            } else if (inText || c != ' ' && c != '\n') {
                rest.append(c);
                inText ^= c == '"';
            }
        }
        return rest.toString();
    }

    @Provide
    Arbitrary<Object> values() {
        return OddTexts.values();
    }
}
