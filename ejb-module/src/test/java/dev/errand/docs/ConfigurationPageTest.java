package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.config.ConfigReader;
import dev.errand.config.SettingReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/reference/configuration.md has a row for each setting, with the default and the range of the code. */
class ConfigurationPageTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(errand\\.[a-z.-]+)` \\| (.+?) \\| (.+?) \\| .+ \\|$");
    private static final Pattern ONE_VALUE = Pattern.compile("`([^`]+)`");
    private static final Pattern RANGE = Pattern.compile("`([^`]+)` to `([^`]+)`");

    private static Class<?> tasksConfig;

    private record Row(String fallback, String allowed) {}

    private record Setting(Record settings, RecordComponent component) {
        Object value() throws ReflectiveOperationException {
            return component.getAccessor().invoke(settings);
        }
    }

    /** The settings of the built-in tasks are in a module that needs this one, and is built after it. */
    @BeforeAll
    static void compileTheSettingsOfTheBuiltInTasks(@TempDir Path folder) throws Exception {
        Path source = Tree.ROOT.resolve("tasks-module/src/main/java/dev/errand/tasks/config/TasksConfig.java");
        String engine = Path.of(SettingReader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", engine, "-d", folder.toString(), source.toString());
        assertThat(errors).as("javac " + source).isZero();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, ConfigurationPageTest.class.getClassLoader())) {
            tasksConfig = loader.loadClass("dev.errand.tasks.config.TasksConfig");
        }
    }

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

    /** The settings by their letters. */
    private static Map<String, Setting> read(Function<String, Optional<String>> source) throws Throwable {
        List<Record> all = List.of(new ConfigReader(source).read(), readTasksConfig(source));
        return all.stream()
                .flatMap(settings -> Arrays.stream(settings.getClass().getRecordComponents())
                        .map(component -> new Setting(settings, component)))
                .collect(Collectors.toMap(
                        setting -> setting.component().getName().toLowerCase(),
                        setting -> setting,
                        // one that both modules read: the engine decides what is allowed
                        (ofTheEngine, same) -> ofTheEngine));
    }

    private static Record readTasksConfig(Function<String, Optional<String>> source) throws Throwable {
        try {
            return (Record) tasksConfig.getMethod("read", SettingReader.class).invoke(null, new SettingReader(source));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void read(String key, String value) throws Throwable {
        read(asked -> asked.equals(key) ? Optional.of(value) : Optional.empty());
    }

    @Test
    void everySettingHasARowAndNoRowIsLeftOver() throws Throwable {
        assertThat(rows().keySet().stream().map(ConfigurationPageTest::letters))
                .containsExactlyInAnyOrderElementsOf(
                        read(key -> Optional.empty()).keySet());
    }

    @Test
    void theDefaultsAreThoseOfTheCode() throws Throwable {
        Map<String, Setting> defaults = read(key -> Optional.empty());
        for (Map.Entry<String, Row> row : rows().entrySet()) {
            Matcher value = ONE_VALUE.matcher(row.getValue().fallback());
            if (!value.matches()) {
                continue;
            }
            Object actual = defaults.get(letters(row.getKey())).value();
            Object told = actual instanceof Duration
                    ? Duration.parse(value.group(1))
                    : Stream.of(value.group(1).split(",")).sorted().collect(Collectors.joining(","));
            Object comparable = actual instanceof Iterable<?> list && !(actual instanceof Path)
                    ? Stream.of(String.join(",", strings(list)).split(","))
                            .sorted()
                            .collect(Collectors.joining(","))
                    : actual instanceof Duration ? actual : actual.toString();
            assertThat(told).as(row.getKey()).isEqualTo(comparable);
        }
    }

    private static Iterable<String> strings(Iterable<?> list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(Object::toString)
                .toList();
    }

    @Test
    void theRangesAreThoseOfTheCode() throws Throwable {
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
        assertThatThrownBy(() -> read(key, value)).as(key + "=" + value).isInstanceOf(InvalidDeploymentException.class);
    }

    private static String next(String value, int by) {
        return value.startsWith("P")
                ? Duration.parse(value).plusNanos(by).toString()
                : Long.toString(Long.parseLong(value) + by);
    }
}
