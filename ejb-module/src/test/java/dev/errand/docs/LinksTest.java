package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links from one document to another, to pictures and to files of the tree. The web is not asked. */
class LinksTest {

    @Test
    void relativeLinksAndAnchorsExist() {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String link : page.links()) {
                if (!link.matches("(?:https?|mailto):.*") && !exists(page, link)) {
                    broken.add(page.name() + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsInTheIndex() {
        Page index = Page.of("docs/README.md");
        List<Path> linked = index.links().stream()
                .map(link -> target(index, link.replaceAll("#.*", "")))
                .toList();
        assertThat(Page.all().stream()
                        .map(Page::file)
                        .filter(file -> file.startsWith(Tree.ROOT.resolve("docs")) && !file.equals(index.file()))
                        .filter(file -> !linked.contains(file))
                        .map(Tree::name))
                .isEmpty();
    }

    /** A picture that no page shows is left over. */
    @Test
    void everyPictureIsShown() throws Exception {
        List<Path> shown = Page.all().stream()
                .flatMap(page -> page.links().stream().map(link -> target(page, link.replaceAll("#.*", ""))))
                .toList();
        try (var pictures = Files.list(Tree.ROOT.resolve("docs/images"))) {
            assertThat(pictures.filter(picture -> !shown.contains(picture)).map(Tree::name))
                    .isEmpty();
        }
    }

    private static boolean exists(Page page, String link) {
        int hash = link.indexOf('#');
        Path target = hash == 0 ? page.file() : target(page, hash < 0 ? link : link.substring(0, hash));
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || new Page(target, Tree.text(target)).anchors().contains(link.substring(hash + 1));
    }

    private static Path target(Page page, String path) {
        return page.file().resolveSibling(path).normalize();
    }
}
