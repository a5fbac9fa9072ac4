package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertyTest {

    /** A database keeps UTF-8, in which half a surrogate pair is nothing, and PostgreSQL keeps no NUL. */
    @Property
    void aWrittenValueComesBackFromADatabaseUnchanged(@ForAll("values") Object value) {
        String text = Json.write(value);

        String kept = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(kept).isEqualTo(text).doesNotContain("\0");
        // with one, a text may look like an address with a log-in, and that is not shown
        if (kept.indexOf('@') < 0) {
            assertThat(Json.plain(kept, Set.of())).isEqualTo(Json.read(text, Object.class));
        }
        assertThat(plain(Json.read(kept, Object.class))).isEqualTo(plain(value));
    }

    @Property
    void anyTextFitsATypeOrIsRefused(@ForAll("texts") String text, @ForAll("types") Type type) {
        try {
            Json.read(text, type);
        } catch (NotJsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Example
    void howeverDeepItIsItIsWrittenAndReadOrRefused() {
        for (int depth : List.of(10, 400, 499, 500, 501, 999, 1001, 5_000, 100_000)) {
            Object value = "leaf";
            for (int i = 0; i < depth; i++) {
                value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
            }
            try {
                String text = Json.write(value);
                assertThat(Json.write(Json.read(text, Object.class))).isEqualTo(text);
                assertThat(Json.write(Json.plain(text, Set.of("secret")))).isEqualTo(text);
            } catch (NotJsonException e) {
                assertThat(depth).isGreaterThan(499);
            }
        }
    }

    @Provide
    Arbitrary<Object> values() {
        return OddTexts.values();
    }

    @Provide
    Arbitrary<Type> types() {
        return Arbitraries.of(
                Object.class,
                String.class,
                int.class,
                long.class,
                double.class,
                BigInteger.class,
                BigDecimal.class,
                Instant.class,
                Duration.class,
                OffsetDateTime.class,
                List.class,
                Map.class,
                TypeOf.class);
    }

    record TypeOf(String name, Instant at, Duration length, List<Integer> numbers) {}

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                OddTexts.any(),
                OddTexts.any().map(text -> '"' + text + '"'),
                Arbitraries.of(
                        "1e999999999",
                        "-1e999999999",
                        "1e-999999999",
                        "1e2147483648",
                        "9".repeat(9_999),
                        "9".repeat(20_000),
                        "NaN",
                        "Infinity",
                        "-0.0",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000)),
                Arbitraries.of("at", "length", "numbers", "name")
                        .flatMap(name -> Arbitraries.of("1e999999999", "{}", "[1e400]", "\"P1e9D\"", "[[]]", "null")
                                .map(value -> "{\"" + name + "\":" + value + "}")));
    }

    /** Numbers by their value: 1E+2 and 100 are the same in JSON. */
    private static Object plain(Object value) {
        if (value instanceof Number) {
            return new BigDecimal(value.toString()).stripTrailingZeros();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JsonPropertyTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>();
            map.forEach((key, item) -> entries.add(List.of(key, plain(item))));
            return entries;
        }
        return value;
    }
}
