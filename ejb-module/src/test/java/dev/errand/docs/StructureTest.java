package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that can be read: short enough, and with a list of contents where they are long. */
class StructureTest {
    private static final int FRONT_PAGE = 150;
    private static final int PAGE = 250;
    private static final int WITHOUT_CONTENTS = 100;

    @Test
    void theFrontPageIsShort() {
        assertThat(Page.of("README.md").lines()).isLessThanOrEqualTo(FRONT_PAGE);
    }

    @Test
    void noPageIsTooLong() {
        assertThat(Page.all().stream().filter(page -> page.lines() > PAGE).map(Page::name))
                .isEmpty();
    }

    @Test
    void aLongPageBeginsWithItsContents() {
        List<String> missing = new ArrayList<>();
        for (Page page : Page.all()) {
            if (!page.name().startsWith("docs/") || page.lines() <= WITHOUT_CONTENTS) {
                continue;
            }
            String top = page.text().substring(0, page.text().indexOf("\n## "));
            for (String heading : page.headings(2)) {
                if (!top.contains("(#" + Page.anchor(heading) + ")")) {
                    missing.add(page.name() + ": " + heading);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The heading is the page's name in the index and in search results. */
    @Test
    void everyPageHasOneHeadingOfTheFirstLevel() {
        assertThat(Page.all().stream()
                        .filter(page -> page.headings(1).size() != 1)
                        .map(Page::name))
                .isEmpty();
    }
}
