package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidConfigurationException;
import dev.errand.config.ConfigReader;
import dev.errand.config.ErrandConfig;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/configuration.md has a row for each setting, with the default and the range of the code. */
class ConfigurationPageTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(errand\\.[a-z.-]+)` \\| (.+?) \\| (.+?) \\| .+ \\|$");
    private static final Pattern ONE_VALUE = Pattern.compile("`([^`]+)`");
    private static final Pattern RANGE = Pattern.compile("`([^`]+)` to `([^`]+)`");

    private record Row(String fallback, String allowed) {}

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Page.of("docs/reference/configuration.md").text());
        while (row.find()) {
            rows.put(row.group(1), new Row(row.group(2), row.group(3)));
        }
        return rows;
    }

    /** The setting of "keepSuccess" is "errand.keep.success": only its letters count. */
    private static String letters(String name) {
        return name.replaceFirst("^errand\\.", "").replaceAll("[.-]", "").toLowerCase();
    }

    private static ErrandConfig read(String key, String value) {
        return new ConfigReader(asked -> asked.equals(key) ? Optional.of(value) : Optional.empty()).read();
    }

    @Test
    void everySettingHasARowAndNoRowIsLeftOver() {
        assertThat(rows().keySet().stream().map(ConfigurationPageTest::letters))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrandConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(String::toLowerCase)
                        .toList());
    }

    @Test
    void theDefaultsAreThoseOfTheCode() throws Exception {
        ErrandConfig defaults = new ConfigReader(key -> Optional.empty()).read();
        Map<String, RecordComponent> components = Arrays.stream(ErrandConfig.class.getRecordComponents())
                .collect(Collectors.toMap(component -> component.getName().toLowerCase(), component -> component));
        for (Map.Entry<String, Row> row : rows().entrySet()) {
            Matcher value = ONE_VALUE.matcher(row.getValue().fallback());
            if (!value.matches()) {
                continue;
            }
            Object actual = components.get(letters(row.getKey())).getAccessor().invoke(defaults);
            Object told = actual instanceof Duration
                    ? Duration.parse(value.group(1))
                    : Stream.of(value.group(1).split(",")).sorted().collect(Collectors.joining(","));
            Object comparable = actual instanceof Iterable<?> list
                    ? Stream.of(String.join(",", strings(list)).split(","))
                            .sorted()
                            .collect(Collectors.joining(","))
                    : actual instanceof Duration ? actual : actual.toString();
            assertThat(told).as(row.getKey()).isEqualTo(comparable);
        }
    }

    private static Iterable<String> strings(Iterable<?> list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false)
                .map(Object::toString)
                .toList();
    }

    @Test
    void theRangesAreThoseOfTheCode() {
        int ranges = 0;
        for (Map.Entry<String, Row> row : rows().entrySet()) {
            Matcher range = RANGE.matcher(row.getValue().allowed());
            if (!range.matches()) {
                continue;
            }
            ranges++;
            read(row.getKey(), range.group(1));
            read(row.getKey(), range.group(2));
            assertRefused(row.getKey(), next(range.group(1), -1));
            assertRefused(row.getKey(), next(range.group(2), 1));
        }
        assertThat(ranges).isGreaterThan(5);
    }

    private static void assertRefused(String key, String value) {
        assertThatThrownBy(() -> read(key, value))
                .as(key + "=" + value)
                .isInstanceOf(InvalidConfigurationException.class);
    }

    private static String next(String value, int by) {
        return value.startsWith("P")
                ? Duration.parse(value).plusNanos(by).toString()
                : Long.toString(Long.parseLong(value) + by);
    }
}
