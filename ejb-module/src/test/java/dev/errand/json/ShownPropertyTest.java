package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ShownPropertyTest {
    private static final Set<String> MASK = Set.of("secret", "password");
    private static final String SECRET = "hunter2hunter2";

    @Property
    void withoutAMaskItIsTheTextItself(@ForAll("values") Object value) {
        String text = Json.write(value);

        assertThat(Shown.of(text, Set.of(), Integer.MAX_VALUE))
                .isEqualTo(new Shown(text == null ? "null" : text, false));
    }

    @Property
    void maskedFieldsAreHiddenAndAllOthersAreShown(@ForAll("secrets") Object value) {
        String text = Json.write(value);

        Shown shown = Shown.of(text, MASK, Integer.MAX_VALUE);

        assertThat(shown.cut()).isFalse();
        assertThat(shown.text()).doesNotContain(SECRET);
        assertThat(Json.plain(shown.text())).isEqualTo(masked(Json.plain(text)));
    }

    @Property
    void aCutShowsNoSecretAndNothingThatIsNotThere(
            @ForAll("secrets") Object value, @ForAll @IntRange(min = 1, max = 60) int max) {
        String text = Json.write(value);

        Shown shown = Shown.of(text, MASK, max);

        assertThat(shown.cut()).isEqualTo(text.length() > max);
        assertThat(shown.text()).doesNotContain("hunter").hasSizeLessThanOrEqualTo(max + 5 * max);
        if (!shown.text().contains("***")) {
            assertThat(text).startsWith(shown.text());
        }
    }

    @Property
    void aTextThatIsNoJsonIsShownAsFarAsItIsAndIsNoError(@ForAll("texts") String text) {
        assertThat(Shown.of(text, MASK, 300).text().length()).isLessThanOrEqualTo(2_000);
    }

    @Example
    void placesAreRightInALongText() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < 2_000; i++) {
            all.put("key" + i, Map.of("secret", SECRET + "😀\n" + i, "n", List.of(i, i / 3.0, "ü".repeat(i % 50))));
        }
        String text = Json.write(all);

        Shown shown = Shown.of(text, MASK, Integer.MAX_VALUE);

        assertThat(shown.text()).doesNotContain(SECRET);
        assertThat(Json.plain(shown.text())).isEqualTo(masked(Json.plain(text)));
    }

    @Example
    void theCutIsInsideATextOrBeforeASecret() {
        assertThat(Shown.of("\"" + "x".repeat(400) + "\"", MASK, 300).text()).isEqualTo("\"" + "x".repeat(299));
        assertThat(Shown.of("{\"a\":\"b\",\"password\":\"hunter2hunter2\"}", MASK, 25)
                        .text())
                .isEqualTo("{\"a\":\"b\",\"password\":\"***\"");
        assertThat(Shown.of("{\"a\":\"b\",\"password\":{\"x\":\"hunter2hunter2\"}}", MASK, 32)
                        .text())
                .isEqualTo("{\"a\":\"b\",\"password\":\"***\"");
        assertThat(Shown.of("{\"a\":\"b\",\"password\":12345}", MASK, 23).text())
                .doesNotContain("12");
        assertThat(Shown.of("{\"a\":\"b\",\"password\":true}", MASK, 22).text()).doesNotContain("tr");
        assertThat(Shown.of("\"" + "😀".repeat(10) + "\"", MASK, 4).text()).isEqualTo("\"😀");
    }

    private static Object masked(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ShownPropertyTest::masked).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> masked = new LinkedHashMap<>();
            map.forEach((name, item) -> {
                boolean hidden = MASK.contains(name.toString().toLowerCase(Locale.ROOT)) && item != null;
                masked.put(name, hidden ? "***" : masked(item));
            });
            return masked;
        }
        return value;
    }

    /** Without addresses: JsonMaskTest shows what is masked in those. */
    @Provide
    Arbitrary<Object> values() {
        return OddTexts.values().map(ShownPropertyTest::withoutAddresses);
    }

    private static Object withoutAddresses(Object value) {
        if (value instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            list.forEach(item -> kept.add(withoutAddresses(item)));
            return kept;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> kept = new LinkedHashMap<>();
            map.forEach((name, item) -> kept.put(withoutAddresses(name), withoutAddresses(item)));
            return kept;
        }
        return value instanceof String text ? text.replace('@', 'a') : value;
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(OddTexts.any(), OddTexts.values().map(value -> Json.write(value) + "}"));
    }

    @Provide
    Arbitrary<Object> secrets() {
        Arbitrary<Object> secret = Arbitraries.of(
                SECRET, List.of(SECRET, 1), Map.of("x", SECRET), Map.of("secret", List.of(SECRET)), 12.5, true);
        Arbitrary<String> names = Arbitraries.of("secret", "Password", "PASSWORD");
        return net.jqwik.api.Combinators.combine(values(), names, secret, values())
                .as((before, name, hidden, after) -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("before", before);
                    object.put(name, hidden);
                    object.put("after", after);
                    return List.of("first", object);
                });
    }
}
