package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A number with the constant behind it in brackets, "20 ms (`HandlerStats.BUDGET`)", is that constant's. */
class ConstantsTest {
    private static final int AT_LEAST = 10;

    private static final Pattern QUOTED = Pattern.compile("\\(`([A-Z]\\w+)\\.([A-Z][A-Z_0-9]+)`\\)");
    private static final Pattern NUMBER =
            Pattern.compile("(\\d[\\d,]*(?:\\.\\d+)?)(?:\\s+(ms|s|seconds?|minutes?)\\b)?");
    private static final int WORDS_BETWEEN = 60;

    @Test
    void numbersInTheDocumentsAreThoseOfTheCode() {
        List<String> compared = new ArrayList<>();
        for (Page page : Page.all()) {
            String text = page.withoutBlocks();
            Matcher quoted = QUOTED.matcher(text);
            while (quoted.find()) {
                String before = text.substring(Math.max(0, quoted.start() - WORDS_BETWEEN), quoted.start());
                String constant = quoted.group(1) + "." + quoted.group(2);
                compared.add(constant);
                assertThat(number(before))
                        .as(page.name() + ": \"" + before.strip() + "\" and " + constant)
                        .isEqualTo(value(quoted.group(1), quoted.group(2)));
            }
        }
        assertThat(compared).hasSizeGreaterThanOrEqualTo(AT_LEAST);
    }

    /** The last number in the text: a time in nanoseconds, anything else as it is. */
    private static double number(String text) {
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        assertThat(numbers).as("a number in \"" + text + "\"").isNotEmpty();
        MatchResult last = numbers.get(numbers.size() - 1);
        double number = Double.parseDouble(last.group(1).replace(",", ""));
        if (last.group(2) == null) {
            return number;
        }
        return switch (last.group(2)) {
            case "ms" -> number * 1e6;
            case "minute", "minutes" -> number * 60e9;
            default -> number * 1e9;
        };
    }

    private static double value(String name, String constant) {
        Path file = Tree.files("java").stream()
                .filter(java -> java.endsWith(name + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + name));
        Matcher value = Pattern.compile("\\b" + constant + "\\s*=\\s*([^;]+);").matcher(Tree.text(file));
        assertThat(value.find()).as(name + " has " + constant).isTrue();
        String text = value.group(1).replace("_", "");
        Matcher duration = Pattern.compile("Duration\\.of(Millis|Seconds|Minutes)\\((\\d+)\\)")
                .matcher(text);
        if (duration.matches()) {
            long number = Long.parseLong(duration.group(2));
            return switch (duration.group(1)) {
                case "Millis" -> Duration.ofMillis(number).toNanos();
                case "Seconds" -> Duration.ofSeconds(number).toNanos();
                default -> Duration.ofMinutes(number).toNanos();
            };
        }
        Matcher unit =
                Pattern.compile("TimeUnit\\.(\\w+)\\.toNanos\\((\\d+)\\)").matcher(text);
        if (unit.matches()) {
            return TimeUnit.valueOf(unit.group(1)).toNanos(Long.parseLong(unit.group(2)));
        }
        double number = Double.parseDouble(text);
        return constant.endsWith("_MILLIS") ? number * 1e6 : number;
    }
}
