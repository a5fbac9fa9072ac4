package dev.errand.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.docs.Tree;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reference/log-messages.md is made of the catalogue and of explanations.properties. */
class LogMessagesPageTest {
    private static final Path PAGE = Tree.ROOT.resolve("docs/reference/log-messages.md");
    private static final Path MADE = Path.of("target", "log-messages.md");
    private static final Path WEB = Tree.ROOT.resolve("web-module/src/main/java");

    private static final String TOP = """
            # Log messages

            <!-- Made by LogMessagesPageTest from dev.errand.log.LogMessage and explanations.properties. -->

            The logger is `dev.errand`. The [audit](../operate/security.md#audit) (`ERRAND-0510` to `ERRAND-0520`, `ERRAND-0610`, `ERRAND-0728`, `ERRAND-0729`) has the logger
            `dev.errand.audit`, and requests that fail for an unforeseen reason have `dev.errand.web`. A number is never used for
            another message. Messages with "once a minute" are logged at most once a minute, however often they occur.

            | number | level | message | cause | remedy |
            |---|---|---|---|---|
            """;

    private final Properties explanations = new Properties();

    LogMessagesPageTest() throws IOException {
        try (Reader reader = new InputStreamReader(
                LogMessagesPageTest.class.getResourceAsStream("explanations.properties"), StandardCharsets.UTF_8)) {
            explanations.load(reader);
        }
    }

    @Test
    void thePageIsTheOneOfTheCatalogue() throws Exception {
        String page = TOP
                + Arrays.stream(LogMessage.values())
                        .sorted(Comparator.comparing(LogMessage::code))
                        .map(this::row)
                        .collect(Collectors.joining())
                + row("0901", explanations.getProperty("0901.level"), explanations.getProperty("0901.text"));
        Files.writeString(MADE, page);

        assertThat(Files.readString(PAGE))
                .as("the page is out of date: cp ejb-module/target/log-messages.md docs/reference/log-messages.md")
                .isEqualTo(page);
    }

    @Test
    void noExplanationIsLeftOver() {
        Set<String> numbers = new TreeSet<>(Set.of("0901"));
        Arrays.stream(LogMessage.values()).map(LogMessagesPageTest::number).forEach(numbers::add);

        assertThat(explanations.stringPropertyNames())
                .allSatisfy(key -> assertThat(numbers).contains(key.substring(0, key.indexOf('.'))));
    }

    /** The web module has no catalogue; its one message is where its text is. */
    @Test
    void theWebModuleLogsTheMessagesOfThePage() {
        String text = "ERRAND-0901 " + explanations.getProperty("0901.text").replace("…", "");
        assertThat(Tree.files("java").stream()
                        .filter(file -> file.startsWith(WEB))
                        .map(Tree::text))
                .anyMatch(source -> source.contains(text));
    }

    private static String number(LogMessage message) {
        return message.code().substring("ERRAND-".length());
    }

    private String row(LogMessage message) {
        String level = ((Level) field(message, "level")).getName().toLowerCase(Locale.ROOT);
        String text = ((String) field(message, "text"))
                .replaceAll("%(?:\\d+\\$)?[sd]", "…")
                .strip();
        return row(number(message), level + (onceAMinute(message) ? ", once a minute" : ""), text);
    }

    private String row(String number, String level, String text) {
        return "| <a id=\"errand-%s\"></a>ERRAND-%s | %s | %s | %s | %s |%n"
                .formatted(number, number, level, text, explained(number, "cause"), explained(number, "remedy"))
                .replace(System.lineSeparator(), "\n");
    }

    private String explained(String number, String what) {
        String text = explanations.getProperty(number + "." + what);
        assertThat(text)
                .as("explanations.properties has " + number + "." + what)
                .isNotBlank();
        return text;
    }

    private static boolean onceAMinute(LogMessage message) {
        Pattern call = Pattern.compile("\\bMessage\\." + message.name() + "\\s*\\.logAtMostOnceAMinute\\(");
        return Tree.files("java").stream()
                .filter(file -> Tree.name(file).startsWith("ejb-module/src/main/"))
                .anyMatch(file -> call.matcher(Tree.text(file)).find());
    }

    private static Object field(LogMessage message, String name) {
        try {
            var field = LogMessage.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(message);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
