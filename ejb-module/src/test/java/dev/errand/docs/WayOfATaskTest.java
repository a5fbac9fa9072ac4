package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table "The way of a task" in docs/explain/design.md: a class knows those that it calls. */
class WayOfATaskTest {
    private static final int AT_LEAST = 10;
    private static final List<Path> CODE = List.of(
            Tree.ROOT.resolve("ejb-module/src/main/java/dev/errand"),
            Tree.ROOT.resolve("jms-module/src/main/java/dev/errand"));

    /** "| 3 | `queue` | `AfterCommit` | … | 4 |": the number, the package, the class, the rows that it calls. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (\\d+) \\| `([a-z.]+)` \\| `([A-Z]\\w+)`[^|]*\\|.*\\| ([^|]*)\\|$");

    /** A message calls no class. Its receiver is called by an interface. */
    private static final Pattern NUMBER = Pattern.compile("(?<!JMS: |`MessageReceiver`: )\\b\\d+");

    private record Row(int number, String pack, String name, List<Integer> calls) {}

    private static List<Row> rows() {
        return ROW.matcher(Page.of("docs/explain/design.md").text())
                .results()
                .map(row -> new Row(Integer.parseInt(row.group(1)), row.group(2), row.group(3), numbers(row.group(4))))
                .toList();
    }

    private static List<Integer> numbers(String cell) {
        return NUMBER.matcher(cell)
                .results()
                .map(number -> Integer.valueOf(number.group()))
                .toList();
    }

    @Test
    void allRowsAreReadInTheirOrder() {
        List<Integer> numbers = rows().stream().map(Row::number).toList();
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void aClassKnowsThoseThatItCalls() {
        List<Row> rows = rows();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            for (int number : row.calls()) {
                Row called = rows.get(number - 1);
                if (!knows(row, called)) {
                    wrong.add(row.name() + " does not call " + called.name());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachRowButTheFirstAndTheTimersIsCalled() {
        List<Row> rows = rows();
        assertThat(rows.stream()
                        .filter(row ->
                                rows.stream().noneMatch(other -> other.calls().contains(row.number())))
                        .map(Row::name))
                .containsExactly("TransactionalTaskSender", "TaskDispatcher", "MessageRunner", "DueTaskSweep");
    }

    /** An import, or one package and the name in the code of one of the two: of a queue, the one that takes from it names it. */
    private static boolean knows(Row row, Row called) {
        return code(row).contains("import dev.errand." + called.pack() + "." + called.name() + ";")
                || row.pack().equals(called.pack()) && (names(row, called) || names(called, row));
    }

    private static boolean names(Row user, Row used) {
        return Pattern.compile("\\b" + used.name() + "\\b").matcher(code(user)).find();
    }

    /** Without comments: a name there is no call. */
    private static String code(Row row) {
        Path file = CODE.stream()
                .map(code -> code.resolve(row.pack()).resolve(row.name() + ".java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No class " + row.name() + " in " + row.pack()));
        return Tree.text(file).replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", "");
    }
}
