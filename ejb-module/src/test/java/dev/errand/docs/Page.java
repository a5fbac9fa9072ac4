package dev.errand.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file. */
record Page(Path file, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^(#{1,6}) (.+)$");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");

    static List<Page> all() {
        return Tree.files("md").stream()
                .map(file -> new Page(file, Tree.text(file)))
                .toList();
    }

    static Page of(String name) {
        Path file = Tree.ROOT.resolve(name);
        return new Page(file, Tree.text(file));
    }

    String name() {
        return Tree.name(file);
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** The blocks of code of one language, without the spaces by which a list indents them. */
    List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            if (fence.group(1).equals(language)) {
                blocks.add(fence.group(2).stripIndent().strip());
            }
        }
        return blocks;
    }

    /** The text with blanks in place of blocks of code, so that offsets and lines stay. */
    String withoutBlocks() {
        return blank(FENCE, text);
    }

    /** The text with blanks in place of all code and all addresses. */
    String prose() {
        return blank(LINK, blank(CODE, withoutBlocks()));
    }

    /** The texts in backticks. */
    List<String> code() {
        return found(CODE, withoutBlocks());
    }

    /** The addresses of links and pictures. */
    List<String> links() {
        return found(LINK, blank(CODE, withoutBlocks()));
    }

    /** The headings of one level. */
    List<String> headings(int level) {
        List<String> headings = new ArrayList<>();
        Matcher heading = HEADING.matcher(withoutBlocks());
        while (heading.find()) {
            if (heading.group(1).length() == level) {
                headings.add(heading.group(2));
            }
        }
        return headings;
    }

    /** Returns the anchors of this page, which a link may have after the #. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>(found(ID, text));
        Map<String, Integer> seen = new HashMap<>();
        Matcher heading = HEADING.matcher(withoutBlocks());
        while (heading.find()) {
            String anchor = anchor(heading.group(2));
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** The anchor that GitHub makes of a heading. */
    static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String blank(Pattern pattern, String text) {
        return pattern.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().replaceAll("[^\\n]", "_")));
    }
}
