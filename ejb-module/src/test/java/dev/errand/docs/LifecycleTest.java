package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.store.TaskTransitions;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The one place in which a task's row changes, and the page that describes it. */
class LifecycleTest {
    private static final String SOURCES = "src/main/java/";
    private static final Pattern CHANGE = Pattern.compile("(?:UPDATE|INTO) (?:errand_task|TaskRecord)\\b");
    private static final Pattern METHOD = Pattern.compile("\n    public (?:void|boolean|Set<String>) (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("\n\\| (?!from).*→.*\\| (`[a-zA-Z`, ]+`) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static String transitions() {
        return Tree.text(Tree.ROOT.resolve(
                "ejb-module/" + SOURCES + TaskTransitions.class.getName().replace('.', '/') + ".java"));
    }

    @Test
    void noOtherClassChangesATasksRow() {
        List<String> others = Tree.files("java").stream()
                .filter(file -> Tree.name(file).contains(SOURCES))
                .filter(file -> !Tree.name(file).startsWith("ear/"))
                .filter(file -> CHANGE.matcher(Tree.text(file)).find())
                .map(Tree::name)
                .toList();
        assertThat(others).singleElement().asString().endsWith(TaskTransitions.class.getSimpleName() + ".java");
    }

    @Test
    void theMethodsAreInTheOrderOfThePage() {
        List<String> methods = METHOD.matcher(transitions())
                .results()
                .map(method -> method.group(1))
                .toList();
        List<String> page = ROW.matcher(Page.of("docs/explain/lifecycle.md").text())
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results())
                .map(MatchResult::group)
                .map(name -> name.replace("`", ""))
                .distinct()
                .toList();

        assertThat(page).isNotEmpty().allSatisfy(name -> assertThat(methods).contains(name));
        assertThat(methods.stream().filter(page::contains)).containsExactlyElementsOf(page);
    }
}
