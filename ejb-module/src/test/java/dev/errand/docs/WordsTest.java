package dev.errand.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of documents, comments and messages. */
class WordsTest {
    private static final Pattern CODE = Pattern.compile("\\{@(?:code|link|linkplain|value) [^}]*}");
    private static final Pattern BLOCK = Pattern.compile("(?s)<pre>.*?</pre>");
    private static final Pattern TAG = Pattern.compile("(?m)^\\s*@\\w+(?: \\w+)?");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?<![:\"])//[^\\n]*");
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"");

    /** Each file is read once. */
    private static final Map<Words, List<Found>> FOUND = new ConcurrentHashMap<>();

    /** Texts in the places that they have in their files. The rest is blank, and a bar is the beginning or end of a text. */
    enum Words {
        MARKDOWN("md", text -> new Page(null, text).prose()),
        EXPLANATIONS("properties", text -> text.replaceAll("(?m)^\\d+\\.\\w+=", "|")),
        COMMENTS("java", WordsTest::comments),
        STRINGS("java", WordsTest::strings);

        private final String ending;
        private final UnaryOperator<String> reader;

        Words(String ending, UnaryOperator<String> reader) {
            this.ending = ending;
            this.reader = reader;
        }

        List<Path> files() {
            return Tree.files(ending).stream()
                    .filter(file -> this != EXPLANATIONS || file.endsWith("explanations.properties"))
                    // the patterns are not slips
                    .filter(file -> !file.endsWith("Slip.java") && !file.endsWith("WordsTest.java"))
                    .toList();
        }
    }

    private record Found(String file, int line, String words, Slip slip) {
        @Override
        public String toString() {
            return file + ":" + line + ": \"" + words + "\": " + slip.better();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noSlipIsLeft(Words words) {
        assertThat(found(words)).isEmpty();
    }

    @Test
    void slipsAreFoundAcrossLinesAndNotInCode() {
        assertThat(slips("The node hands them\nback.")).containsExactly(Slip.RELEASE);
        assertThat(slips("Who asks is told.\n")).containsExactly(Slip.HEADLESS);
        assertThat(slips("| What is due | runs |")).containsExactly(Slip.HEADLESS);
        assertThat(slips("One commit a task, 40 connections a node.")).containsExactly(Slip.PER, Slip.PER);
        assertThat(slips("## What is it?\n\nWhat is Errand? `nobody`, [a](mend.md)\n\n```\nnobody\n```\n"))
                .isEmpty();
        assertThat(found(
                        Path.of("X.java"),
                        "int mend;\n\n// who asks\n/**\n * What.\n *\n * Made\n * anew.\n */\n",
                        Words.COMMENTS))
                .extracting(Found::line)
                .containsExactly(3, 5, 8);
        assertThat(comments("int mend; // mended\n/** Runs {@code mend}. */ String s = \"nobody\";"))
                .contains("mended")
                .doesNotContain("int mend", "nobody", "{@code");
        assertThat(strings("/* anew */ log(\"mended\"); // \"nobody\""))
                .contains("mended")
                .doesNotContain("anew", "nobody");
    }

    private static List<Slip> slips(String markdown) {
        return found(Path.of("x.md"), markdown, Words.MARKDOWN).stream()
                .map(Found::slip)
                .toList();
    }

    private static List<Found> found(Words words) {
        return FOUND.computeIfAbsent(
                words,
                all -> all.files().stream()
                        .flatMap(file -> found(file, Tree.text(file), all).stream())
                        .toList());
    }

    private static List<Found> found(Path file, String source, Words words) {
        Paragraphs text = Paragraphs.of(words.reader.apply(source));
        List<Found> found = new ArrayList<>();
        for (Slip slip : Slip.values()) {
            Matcher matcher = slip.pattern().matcher(text.text());
            while (matcher.find()) {
                String name = file.isAbsolute() ? Tree.name(file) : file.toString();
                found.add(new Found(
                        name, text.lines()[matcher.end() - 1], matcher.group().strip(), slip));
            }
        }
        return found;
    }

    /**
     * Each paragraph as one line with single blanks: the end of a line is a blank, unless an item, a cell, a heading or nothing
     * follows.
     *
     * @param lines the line in the source of each character
     */
    private record Paragraphs(String text, int[] lines) {
        private static final Pattern NEXT = Pattern.compile(" *(?:\\n|[-|#>*]|\\d+\\.|$)");

        static Paragraphs of(String text) {
            StringBuilder joined = new StringBuilder();
            int[] lines = new int[text.length()];
            int line = 1;
            Matcher next = NEXT.matcher(text);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                char kept = c == '\n' && !next.region(i + 1, text.length()).lookingAt() ? ' ' : c;
                if (kept != ' ' || !joined.isEmpty() && !Character.isWhitespace(joined.charAt(joined.length() - 1))) {
                    lines[joined.length()] = line;
                    joined.append(kept);
                }
                line += c == '\n' ? 1 : 0;
            }
            return new Paragraphs(joined.toString(), lines);
        }
    }

    static String comments(String source) {
        String comments = only(COMMENT, hidden(STRING, source))
                .replaceAll("(?m)^([ \\t]*)\\*(?!/)", "$1 ")
                .replaceAll("/\\*\\*?|\\*/", "|")
                .replace("//", "  ");
        return hidden(TAG, hidden(CODE, hidden(BLOCK, comments)));
    }

    static String strings(String source) {
        return only(STRING, hidden(COMMENT, source)).replace('"', '|');
    }

    private static String hidden(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\n]", " "));
    }

    /** The text with blanks for everything but what the pattern finds. */
    private static String only(Pattern pattern, String text) {
        StringBuilder kept = new StringBuilder(text.replaceAll("[^\\n]", " "));
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            kept.replace(matcher.start(), matcher.end(), matcher.group());
        }
        return kept.toString();
    }
}
