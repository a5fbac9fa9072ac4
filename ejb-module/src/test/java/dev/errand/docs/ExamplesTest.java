package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents' Java is in sources that are compiled, word for word. Their curl lines are run by .ci/first-run. */
class ExamplesTest {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    @Test
    void everyJavaExampleIsInASourceOfTheTree() {
        List<String> sources = Tree.files("java").stream().map(Tree::text).toList();
        List<String> missing = Page.all().stream()
                .flatMap(page -> page.blocks("java").stream()
                        .filter(example -> sources.stream().noneMatch(source -> source.contains(example)))
                        .map(example -> page.name() + ": " + example))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void theFrontPageShowsASendAndAWholeHandler() {
        List<String> examples = Page.of("README.md").blocks("java");
        assertThat(examples.get(0)).startsWith("tasks.send(");
        assertThat(Tree.text(Tree.ROOT.resolve("ejb-module/src/test/java/dev/errand/docs/GreetingTask.java")))
                .contains(examples.get(1));
    }

    @Test
    void theVersionToDependOnIsTheOneOfTheBuild() {
        Matcher built = VERSION.matcher(Tree.text(Tree.ROOT.resolve("pom.xml")));
        Matcher told = VERSION.matcher(Page.of("README.md").blocks("xml").get(0));
        assertThat(built.find()).isTrue();
        assertThat(told.find()).isTrue();
        assertThat(told.group(1)).isEqualTo(built.group(1));
    }
}
