package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code has what the documents quote from it: classes, their members, packages, settings and files. */
class NamesTest {
    /** Names of others that no file of the tree mentions. */
    private static final Set<String> OF_OTHERS = Set.of(
            "ApplicationDomain",
            "AsyncResult",
            "CommitDecisionMaker",
            "ConnectionManager",
            "ExampleDS",
            "JobParameterJsonMapperException",
            "MaxRetriesExceededError",
            "OpenIdAuthenticationDefinition");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SETTING = Pattern.compile("errand(?:\\.[a-z][a-z-]*)+");
    private static final Pattern FILE =
            Pattern.compile("(?:ear|ejb-module|jms-module|tasks-module|web-module|docs|\\.ci)/[\\w./-]+");

    /** "Class", "Class.member", "package.Class" and both, each perhaps with brackets. */
    private static final Pattern CLASS =
            Pattern.compile("(?!com\\.)(?:([a-z]+(?:\\.[a-z]+)*)\\.)?@?([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)"
                    + "(?:\\.([A-Za-z_][A-Za-z0-9_]*))?(?:\\(.*\\))?");

    private final List<Path> sources = Tree.files().stream()
            .filter(file -> !Tree.name(file).endsWith(".md"))
            .toList();
    private final Map<String, List<Path>> classes = sources.stream()
            .filter(file -> Tree.name(file).endsWith(".java"))
            .collect(Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", "")));
    private final Set<String> words = new HashSet<>();
    private final StringBuilder all = new StringBuilder();

    NamesTest() {
        for (Path source : sources) {
            // this list must not vouch for itself
            if (source.endsWith("NamesTest.java")) {
                continue;
            }
            String text = Tree.text(source);
            all.append(text).append('\n');
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                words.add(word.group());
            }
        }
    }

    @Test
    void classesAndTheirMembersExist() {
        List<String> missing = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String code : page.code()) {
                Matcher name = CLASS.matcher(code);
                if (name.matches() && !exists(name.group(1), name.group(2), name.group(3))) {
                    missing.add(page.name() + ": " + code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** In a table with a column for the package and the next for its classes. */
    @Test
    void classesAreInThePackageThatATableNames() {
        Pattern row = Pattern.compile("(?m)^\\|(?: [^|]*\\|)? `([a-z.]+)` \\| ([^|]+)\\|");
        List<String> wrong = new ArrayList<>();
        for (Page page : Page.all()) {
            Matcher rows = row.matcher(page.text());
            while (rows.find()) {
                Matcher name = Pattern.compile("`([A-Z][A-Za-z0-9]+)`").matcher(rows.group(2));
                while (name.find()) {
                    if (classes.containsKey(name.group(1)) && !exists(rows.group(1), name.group(1), null)) {
                        wrong.add(page.name() + ": " + rows.group(1) + "." + name.group(1));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void settingsAndPackagesExist() {
        List<String> missing = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String code : page.code()) {
                boolean quoted = SETTING.matcher(code).matches() || code.startsWith("dev.errand.");
                if (quoted && all.indexOf(code.replaceAll("[:(].*", "")) < 0) {
                    missing.add(page.name() + ": " + code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void filesExist() {
        List<String> missing = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String code : page.code()) {
                boolean made = code.contains("/target/") || code.contains("VERSION");
                if (FILE.matcher(code).matches() && !made && !Files.exists(Tree.ROOT.resolve(code))) {
                    missing.add(page.name() + ": " + code);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private boolean exists(String pack, String name, String member) {
        if (!classes.containsKey(name)) {
            return words.contains(name) || OF_OTHERS.contains(name);
        }
        String folder = pack == null
                ? ""
                : "dev/errand/" + pack.replaceFirst("^dev\\.errand\\.", "").replace('.', '/') + "/";
        return classes.get(name).stream()
                .anyMatch(file -> Tree.name(file).endsWith(folder + name + ".java")
                        && (member == null
                                || Pattern.compile("\\b" + member + "\\b")
                                        .matcher(Tree.text(file))
                                        .find()));
    }
}
