package dev.errand.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A message with a value too few throws where something has gone wrong already; so the calls in the sources are counted. */
class LogMessageUseTest {
    private static final List<Path> SOURCES = List.of(
            Path.of("src", "main", "java"),
            Path.of("..", "jms-module", "src", "main", "java"),
            Path.of("..", "tasks-module", "src", "main", "java"));
    private static final Pattern CALL =
            Pattern.compile("\\bLogMessage\\.([A-Z0-9_]+)\\s*\\.log(?:AtMostOnceAMinute)?\\(");
    private static final Pattern REFERENCE = Pattern.compile("\\bLogMessage\\.([A-Z0-9_]+)::log\\b");
    private static final Pattern PLACE = Pattern.compile("%(?:(\\d+)\\$)?[sd]");

    private record Call(LogMessage message, int values, String where) {}

    @Test
    void everyCallGivesAsManyValuesAsTheTextHasPlaces() throws Exception {
        for (Call call : calls()) {
            assertThat(call.values()).as(call.where() + ": " + call.message()).isEqualTo(places(call.message()));
        }
    }

    @Test
    void eachMessageIsUsed() throws IOException {
        assertThat(calls()).extracting(Call::message).contains(LogMessage.values());
    }

    private static int places(LogMessage message) throws ReflectiveOperationException {
        Field text = LogMessage.class.getDeclaredField("text");
        text.setAccessible(true);
        Matcher place = PLACE.matcher((String) text.get(message));
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int next = 1; place.find(); next++) {
            numbers.add(place.group(1) == null ? next : Integer.parseInt(place.group(1)));
        }
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    private static List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        for (Path folder : SOURCES) {
            for (Path file : sources(folder)) {
                String source = Files.readString(file);
                Matcher call = CALL.matcher(source);
                while (call.find()) {
                    calls.add(new Call(
                            LogMessage.valueOf(call.group(1)),
                            values(source, call.end()),
                            file.getFileName().toString()));
                }
                Matcher reference = REFERENCE.matcher(source);
                while (reference.find()) {
                    calls.add(new Call(
                            LogMessage.valueOf(reference.group(1)),
                            1,
                            file.getFileName().toString()));
                }
            }
        }
        return calls;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The arguments from here to the closing bracket, counted by the commas between them. */
    private static int values(String source, int from) {
        String rest = source.substring(from)
                .replaceAll("\"(?:\\\\.|[^\"\\\\])*\"", "0")
                .replace("->", "");
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth-- == 0) {
                return rest.substring(0, i).isBlank() ? 0 : commas + 1;
            } else if (c == ',' && depth == 0) {
                commas++;
            }
        }
        throw new AssertionError(
                "no closing bracket: " + Arrays.asList(rest.split("\n")).get(0));
    }
}
