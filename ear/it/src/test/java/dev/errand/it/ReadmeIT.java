package dev.errand.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The README's examples are classes in the tree, word for word. Its commands and curl lines are run by .ci/first-run. */
class ReadmeIT {
    private static final Path ROOT = Path.of(System.getProperty("errand.it.root"));
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher matcher = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
        while (matcher.find()) {
            examples.add(matcher.group(1).trim());
        }
        return examples;
    }

    private static String source(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    @Test
    void theFirstExampleIsTheSampleServletsBean() throws IOException {
        assertThat(source("web-module/src/main/java/dev/errand/web/sample/Datasets.java"))
                .contains(examples().get(0));
    }

    @Test
    void theSecondExampleIsTheEchoTask() throws IOException {
        assertThat(source("tasks-module/src/main/java/dev/errand/tasks/EchoTask.java"))
                .contains(examples().get(1));
    }

    @Test
    void everySettingHasARow() throws IOException {
        String readme = source("README.md");
        Matcher keys = Pattern.compile("\"(errand\\.[a-z.-]+)\"")
                .matcher(source("ejb-module/src/main/java/dev/errand/config/ConfigReader.java")
                        + source("tasks-module/src/main/java/dev/errand/tasks/config/TasksConfig.java"));
        while (keys.find()) {
            assertThat(readme).contains("`" + keys.group(1) + "`");
        }
    }

    @Test
    void everyLogMessageIsExplained() throws IOException {
        String operations = source("docs/operations.md");
        Matcher numbers = Pattern.compile(
                        "^    [A-Z_]+\\(\\s*(?:Log\\.\\w+,\\s*)?(\\d+),\\s*Level\\.(\\w+)", Pattern.MULTILINE)
                .matcher(source("ejb-module/src/main/java/dev/errand/log/Message.java"));
        int found = 0;
        while (numbers.find()) {
            found++;
            assertThat(operations)
                    .containsPattern("(?m)^\\| ERRAND-0" + numbers.group(1) + " \\| "
                            + numbers.group(2).toLowerCase(Locale.ROOT));
        }
        assertThat(operations.split("\\| ERRAND-0[1-8]", -1))
                .as("no number that there is not")
                .hasSize(found + 1);
    }

    /** Holes of a library are published by its name and version. */
    @Test
    void everyLibraryInTheEarHasARow() throws IOException {
        String table = source("docs/dependencies.md");
        try (ZipFile ear = new ZipFile(System.getProperty("errand.it.ear"))) {
            List<String> libraries = ear.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("lib/") && name.endsWith(".jar"))
                    .map(name -> name.substring("lib/".length(), name.length() - ".jar".length()))
                    .toList();
            assertThat(rows(table)).containsExactlyInAnyOrderElementsOf(libraries);
        }
    }

    /** As the files in the EAR are named. */
    private static List<String> rows(String table) {
        List<String> rows = new ArrayList<>();
        Matcher row = Pattern.compile("^\\| `([^:`]+):([^`]+)` \\| (\\S+) ", Pattern.MULTILINE)
                .matcher(table);
        while (row.find()) {
            rows.add(row.group(1) + "-" + row.group(2) + "-" + row.group(3));
        }
        return rows;
    }
}
